import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { TextDiffs } from '../../libs/text-diff/index.ts';

/** The differences between comments' texts, for all that show them; its thread ends with the forum. */
@Injectable()
export class KeptDiffs extends TextDiffs implements OnModuleDestroy {
  onModuleDestroy(): Promise<void> {
    return this.close();
  }
}

/** The name of two texts of a comment: the positions of their events, which never change. */
export function diffKey(commentId: string, from: bigint, to: bigint): string {
  return `${commentId} ${from} ${to}`;
}
