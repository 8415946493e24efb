export * from './keep-checkpoints.ts';
export {
  type EventsAround,
  hasUnreadableHead,
  type KeptLeaf,
  KeptTree,
  keptRoot,
  readHead,
  TREE_FILES,
  type TreeHead,
} from './kept-tree.ts';
export { damagedKept, type NewestKept, newestKept } from './newest-kept.ts';
export { type LogTreeOptions, openLogTree } from './open-tree.ts';
export * from './port.ts';
export { TreeMismatch } from './tree-mismatch.ts';
export { type KeptBefore, keptBefore, uncompared, unreadableKept } from './uncompared.ts';
