/** Kinds of reaction, in the order in which pages offer them. Views store a kind as its place in this list, so a new one comes last. */
export const REACTION_KINDS = ['like', 'thanks', 'agree', 'disagree', 'insightful', 'funny', 'sad'] as const;
export type ReactionKind = (typeof REACTION_KINDS)[number];

/** The weight of a reaction, by another than the author, in the sort `best`. */
export const REACTION_WEIGHTS: Readonly<Record<ReactionKind, number>> = {
  like: 1,
  thanks: 1,
  agree: 1,
  disagree: -1,
  insightful: 1,
  funny: 0,
  sad: 0,
};

export function isReactionKind(value: unknown): value is ReactionKind {
  return REACTION_KINDS.some((kind) => kind === value);
}
