import type { DecisionAction } from '../../libs/words/index.ts';

export interface ModelText {
  /** Stands in this text and nowhere else. */
  readonly marker: string;
  /** Readers could read it at some time. */
  wasSeen: boolean;
  isAgainst: boolean;
  /** The policy would hold it. */
  readonly isSuspect: boolean;
}

interface Memory {
  readonly status: ModelComment['status'];
  readonly text: ModelText | undefined;
  readonly isHidden: boolean;
  readonly against: readonly boolean[];
}

export interface ModelComment {
  readonly parent: ModelComment | null;
  readonly texts: ModelText[];
  status: 'visible' | 'held' | 'rejected' | 'removed';
  isHidden: boolean;
  /** As it was before the newest decision, when that can be undone. */
  before: Memory | null;
}

const TO = { approve: 'visible', hold: 'held', reject: 'rejected', remove: 'removed', restore: 'visible' } as const;
const FROM: Readonly<Record<DecisionAction, readonly ModelComment['status'][]>> = {
  approve: ['visible', 'held', 'rejected'],
  hold: ['visible', 'rejected'],
  reject: ['visible', 'held'],
  remove: ['visible', 'held', 'rejected'],
  restore: ['rejected', 'removed'],
};

/** Comments with all their texts, as plain objects: an undoing puts back a copy of what was before. */
export class TextsModel {
  readonly comments: ModelComment[] = [];

  post(marker: string, { parent, isHeld }: { readonly parent: ModelComment | null; readonly isHeld: boolean }): void {
    const comment: ModelComment = { parent, texts: [], status: 'visible', isHidden: false, before: null };
    this.comments.push(comment);
    this.#write(comment, marker, isHeld);
  }

  /** False where its author finds nothing to edit. */
  edit(comment: ModelComment, marker: string, isHeld: boolean): boolean {
    if (comment.status === 'removed' || (comment.parent !== null && !isInTheOpen(comment.parent))) return false;
    this.#write(comment, marker, isHeld);
    return true;
  }

  decide(comment: ModelComment, action: DecisionAction): boolean {
    if (!FROM[action].includes(comment.status)) return false;
    comment.before = memoryOf(comment);
    const to = TO[action];
    if (to !== 'removed') comment.isHidden = to !== 'visible';
    comment.status = to;
    this.#rule(comment);
    return true;
  }

  /** Null where nothing can be undone; false where that would show another text than was decided on, which the policy holds. */
  undo(comment: ModelComment): boolean | null {
    const { before } = comment;
    if (before === null) return null;
    const text = comment.texts.at(-1);
    if (before.status === 'visible' && text !== before.text && text?.isSuspect) return false;
    comment.before = memoryOf(comment);
    comment.status = before.status;
    comment.isHidden = before.isHidden;
    for (const [at, isAgainst] of before.against.entries()) Object.assign(comment.texts[at] ?? {}, { isAgainst });
    if (comment.status === 'visible') this.#see();
    else this.#rule(comment);
    return true;
  }

  /** What readers may read, now. */
  get open(): readonly ModelText[] {
    return this.comments.filter(isRead).flatMap(({ texts }) => texts.filter((text) => text.wasSeen && !text.isAgainst));
  }

  get hidden(): readonly ModelText[] {
    const open = new Set(this.open);
    return this.comments.flatMap(({ texts }) => texts).filter((text) => !open.has(text));
  }

  #write(comment: ModelComment, marker: string, isSuspect: boolean): void {
    comment.texts.push({ marker, wasSeen: false, isAgainst: false, isSuspect });
    if (!isSuspect || comment.status !== 'visible') return this.#see();
    Object.assign(comment, { status: 'held', isHidden: true, before: null });
    this.#rule(comment);
  }

  #rule(comment: ModelComment): void {
    const text = comment.texts.at(-1);
    if (text) text.isAgainst = comment.status !== 'visible';
    this.#see();
  }

  #see(): void {
    for (const comment of this.comments.filter(isRead)) Object.assign(comment.texts.at(-1) ?? {}, { wasSeen: true });
  }
}

function isRead(comment: ModelComment): boolean {
  return comment.status === 'visible' && isInTheOpen(comment);
}

function isInTheOpen({ isHidden, parent }: ModelComment): boolean {
  return !isHidden && (parent === null || isInTheOpen(parent));
}

function memoryOf({ status, isHidden, texts }: ModelComment): Memory {
  return { status, isHidden, text: texts.at(-1), against: texts.map(({ isAgainst }) => isAgainst) };
}
