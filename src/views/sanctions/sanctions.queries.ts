import { answering } from '../answering.ts';
import { SanctionDirectory } from './door/sanction-directory.ts';
import {
  CountOpenAppeals,
  GetAppeal,
  GetAppeals,
  GetMemberNotes,
  GetSanctionsOf,
  GetStoppedMembers,
} from './sanctions.query-types.ts';

const NEEDS = { sanctions: SanctionDirectory } as const;

export const sanctionQueries = [
  answering(GetSanctionsOf, NEEDS, ({ memberId, reader }, { sanctions }) => sanctions.of(memberId, reader)),
  answering(GetAppeals, NEEDS, ({ state }, { sanctions }) => sanctions.appeals(state)),
  answering(CountOpenAppeals, NEEDS, (_, { sanctions }) => sanctions.openAppeals()),
  answering(GetAppeal, NEEDS, ({ sanctionId }, { sanctions }) => sanctions.appeal(sanctionId)),
  answering(GetStoppedMembers, NEEDS, ({ now }, { sanctions }) => sanctions.stopped(now)),
  answering(GetMemberNotes, NEEDS, ({ memberId }, { sanctions }) => sanctions.notes(memberId)),
];
