import { readHead } from '../../libs/log-tree/index.ts';
import { verifierKey } from '../../libs/transparency/index.ts';
import { PublicAddress } from '../access/public-address.ts';
import { historyOf, ofChain } from '../acts/proving/log-keys.ts';
import type { Config } from '../config.ts';
import { BesideFolder } from '../keeping/export/beside-folder.ts';
import { packSuitcase } from '../keeping/suitcase/pack-suitcase.ts';
import { SignedTree } from '../keeping/suitcase/signed-tree.ts';
import type { Packed, Packing } from '../keeping/suitcase/suitcase.ts';
import { verifierFile } from '../web/audit/verify/verifier-file.ts';
import { Feeds } from '../web/feeds/feeds.ts';
import { accentCss } from '../web/shell/accent-css.ts';
import { Assets } from '../web/shell/assets.ts';
import { ASSETS } from '../web/suitcase/sheet.tsx';
import { CHANGES_FILE, CHECKPOINT_FILE, KEY_TEXT, type Signed, VERIFIER_FILE } from '../web/suitcase/verify-page.tsx';
import { auditSigner } from './audit-key.ts';
import { type ForumAsItStands, openForumAsItStands } from './forum-as-it-stands.ts';
import { treeDir } from './forum-tree.ts';
import { mustFollow } from './log-keys.ts';

export interface PackedSite extends Packed {
  /** The position that the suitcase shows, and the events up to it. */
  readonly position: bigint;
  readonly events: number;
}

interface PackingWish extends Packing {
  readonly folder: string;
  /** The log's name in its checkpoints. */
  readonly logOrigin: string;
}

/**
 * Packs the public part of the forum into a folder, all or nothing; a server may run meanwhile. Throws ExportRefused,
 * ConfigError, StoreUnavailable, the signal's reason, and the system's error.
 */
export async function packSite(config: Config, wish: PackingWish): Promise<PackedSite> {
  const staged = await BesideFolder.create(wish.folder);
  try {
    const forum = await openForumAsItStands(config, { signal: wish.signal, onProgress: () => undefined });
    try {
      const packed = await packFrom(config, { forum, staged, wish });
      wish.signal.throwIfAborted();
      await staged.place();
      return packed;
    } finally {
      await forum.close();
    }
  } finally {
    await staged.discard();
  }
}

interface Parts {
  readonly forum: ForumAsItStands;
  readonly staged: BesideFolder;
  readonly wish: PackingWish;
}

async function packFrom(config: Config, { forum, staged, wish }: Parts): Promise<PackedSite> {
  const { log, queries, site, until } = forum;
  const signer = auditSigner(config, log.secrets, wish.logOrigin);
  const changes = await mustFollow(signer, { log: log.store, dir: treeDir(config) });
  const kept = readHead(treeDir(config));
  const tree = await SignedTree.over(log.store, { until, signer, kept, signal: wish.signal });
  const notes = ofChain(signer, changes).map(({ note }) => note);
  const signed: Signed = { checkpoint: tree.checkpoint, key: verifierKey(signer), changes: notes };
  const address = new PublicAddress(config.publicUrl, config.host, config.port);
  const packed = await packSuitcase(
    {
      queries,
      site: site.now(),
      origin: address.origin,
      at: new Date().toISOString(),
      tree,
      signed,
      feeds: new Feeds(queries, address, site, { webSubHub: null }),
      files: new Map([
        ...assets(site.now().accent),
        [CHECKPOINT_FILE, tree.checkpoint],
        [KEY_TEXT, `${signed.key}\n`],
        [VERIFIER_FILE, verifierFile().bytes],
        ...(notes.length > 0 ? [[CHANGES_FILE, `${JSON.stringify(historyOf(signer, changes))}\n`] as const] : []),
      ]),
    },
    staged,
    wish,
  );
  return { ...packed, position: until, events: tree.size };
}

function assets(accent: string | null): readonly (readonly [string, string | Uint8Array])[] {
  const built = new Assets();
  return [
    [ASSETS.style, built.bytesOf('suitcase.css')],
    [ASSETS.icon, built.bytesOf('icon.svg')],
    [ASSETS.search, built.bytesOf('suitcase-search.js')],
    [ASSETS.verify, built.bytesOf('suitcase-verify.js')],
    ...(accent === null ? [] : [[ASSETS.accent, accentCss(accent, ':root')] as const]),
  ];
}
