import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { TextDiffs } from '../../libs/text-diff/index.ts';

/** The differences between comments' texts, for all that show them; its thread ends with the forum. */
@Injectable()
export class KeptDiffs extends TextDiffs implements OnModuleDestroy {
  onModuleDestroy(): Promise<void> {
    return this.close();
  }
}

/** What names two texts of a comment for ever: the positions of the events that brought them. */
export function diffKey(commentId: string, from: bigint, to: bigint): string {
  return `${commentId} ${from} ${to}`;
}
