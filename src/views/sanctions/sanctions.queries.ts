import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { AppealCase, MemberNote, Sanction } from '../../../libs/client/index.ts';
import { SanctionDirectory } from './door/sanction-directory.ts';
import { GetAppeal, GetAppeals, GetMemberNotes, GetSanctionsOf } from './sanctions.query-types.ts';

@QueryHandler(GetSanctionsOf)
export class GetSanctionsOfHandler implements IQueryHandler<GetSanctionsOf> {
  readonly #sanctions: SanctionDirectory;

  constructor(@Inject(SanctionDirectory) sanctions: SanctionDirectory) {
    this.#sanctions = sanctions;
  }

  execute({ memberId, reader }: GetSanctionsOf): Promise<readonly Sanction[]> {
    return this.#sanctions.of(memberId, reader);
  }
}

@QueryHandler(GetAppeals)
export class GetAppealsHandler implements IQueryHandler<GetAppeals> {
  readonly #sanctions: SanctionDirectory;

  constructor(@Inject(SanctionDirectory) sanctions: SanctionDirectory) {
    this.#sanctions = sanctions;
  }

  execute({ state }: GetAppeals): Promise<readonly AppealCase[]> {
    return this.#sanctions.appeals(state);
  }
}

@QueryHandler(GetAppeal)
export class GetAppealHandler implements IQueryHandler<GetAppeal> {
  readonly #sanctions: SanctionDirectory;

  constructor(@Inject(SanctionDirectory) sanctions: SanctionDirectory) {
    this.#sanctions = sanctions;
  }

  execute({ sanctionId }: GetAppeal): Promise<AppealCase> {
    return this.#sanctions.appeal(sanctionId);
  }
}

@QueryHandler(GetMemberNotes)
export class GetMemberNotesHandler implements IQueryHandler<GetMemberNotes> {
  readonly #sanctions: SanctionDirectory;

  constructor(@Inject(SanctionDirectory) sanctions: SanctionDirectory) {
    this.#sanctions = sanctions;
  }

  execute({ memberId }: GetMemberNotes): Promise<readonly MemberNote[]> {
    return this.#sanctions.notes(memberId);
  }
}
