import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { UntilTold } from '../until-told.ts';
import { type Attention, attentionIn, type ChoiceRow, choiceRowOf } from './attention.ts';
import { notificationsChanges } from './notifications.query-types.ts';

/** Members who are remembered: those who were asked for last. */
const MOST_MEMBERS = 5_000;

/** What members want to be told of, whom they ignore and what they mute: a page asks for it several times. What is sealed stays so here. */
@Injectable()
export class KeptChoices implements OnModuleDestroy {
  readonly #views: Views;
  readonly #vault: Pick<Vault, 'open'>;
  readonly #rows: UntilTold<ChoiceRow | undefined>;

  constructor(@Inject(VIEWS) views: Views, @Inject(VAULT) vault: Pick<Vault, 'open'>) {
    this.#views = views;
    this.#vault = vault;
    this.#rows = new UntilTold(views, {
      most: MOST_MEMBERS,
      toldOf: (projected) => notificationsChanges(projected).flatMap(({ members }) => members),
    });
  }

  attentionOf(memberId: string): Promise<Attention> {
    const row = this.#rows.of(memberId, () => choiceRowOf(memberId, this.#views));
    return attentionIn(row, memberId, this.#vault);
  }

  /** Forgets all of them. */
  clear(): void {
    this.#rows.clear();
  }

  onModuleDestroy(): void {
    this.#rows.close();
  }
}
