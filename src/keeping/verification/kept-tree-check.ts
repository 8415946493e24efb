import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { counted } from '../../../libs/kernel/index.ts';
import { hashesFileIn, readHead, storedCount, storedPart, TREE_FILES } from '../../../libs/log-tree/index.ts';
import { HASH_BYTES, hashesIn, leafText, leavesCopy, sameHash, TreeBuilder } from '../../../libs/transparency/index.ts';

/** The first fault in the files of a forum's tree among themselves, or null. Throws the system's error. */
export async function faultOfKeptTree(dir: string): Promise<string | null> {
  const head = readHead(dir);
  if (head === null) return null;
  const tree = new TreeBuilder();
  const file = hashesFileIn(dir);
  const stored = hashesOf(join(dir, file.name), storedCount(head.size, file));
  for await (const leaves of leavesCopy(join(dir, TREE_FILES.leaves), head.size, TREE_FILES.leaves).events()) {
    for (const { entry } of leaves) {
      for (const hash of hashesIn(storedPart(tree.add(leafText(entry)), file))) {
        const { value } = await stored.next();
        if (value === undefined || !sameHash(value, hash)) return othersThan(tree.size, file.name);
      }
    }
  }
  if (tree.size !== head.size)
    return `tree/${TREE_FILES.leaves} ends at ${counted(tree.size, 'event')} instead of ${head.size}`;
  return sameHash(tree.root(), head.root) ? null : othersThan(head.size, TREE_FILES.head);
}

function othersThan(size: number, file: string): string {
  return `tree/${file} does not fit tree/${TREE_FILES.leaves} at event ${size}`;
}

async function* hashesOf(file: string, count: number): AsyncGenerator<Buffer, undefined> {
  if (count === 0) return undefined;
  const options = { end: count * HASH_BYTES - 1, highWaterMark: 4_096 * HASH_BYTES };
  for await (const bytes of createReadStream(file, options)) {
    if (!Buffer.isBuffer(bytes)) continue;
    for (let at = 0; at + HASH_BYTES <= bytes.length; at += HASH_BYTES) yield bytes.subarray(at, at + HASH_BYTES);
  }
  return undefined;
}
