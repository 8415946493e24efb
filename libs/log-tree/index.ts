export * from './keep-checkpoints.ts';
export { hashesFileIn, storedCount, storedPart } from './kept-hashes.ts';
export {
  type EventsAround,
  hasUnreadableHead,
  type KeptLeaf,
  KeptTree,
  keptRoot,
  readHead,
  type TreeHead,
} from './kept-tree.ts';
export { damagedKept, type NewestKept, newestKept } from './newest-kept.ts';
export { type LogTreeOptions, openLogTree } from './open-tree.ts';
export * from './port.ts';
export { TREE_FILES } from './tree-files.ts';
export { TreeMismatch } from './tree-mismatch.ts';
export { type KeptBefore, keptBefore, uncompared, unreadableKept } from './uncompared.ts';
