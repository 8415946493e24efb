import { Query } from '@nestjs/cqrs';
import type { PolicyVersion } from '../../../libs/client/index.ts';

/** Newest first; the last is version 0, which nobody set. The first is in force. */
export class GetPolicyVersions extends Query<readonly PolicyVersion[]> {}
