import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import { decoders } from '../../src/commands/decoders.ts';
import { type CommandContext, createCommandContext } from '../../src/composition/command-context.ts';
import { readConfig } from '../../src/config.ts';
import { type ImportOptions, importFile } from '../../src/import/recording/import-file.ts';
import type { ImportReport } from '../../src/import/recording/report.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

/** The moment of every import in these tests. */
export const NOW = '2026-11-24T12:00:00.000Z';

export interface ImportedCommentFacts {
  readonly id: string;
  readonly depth: number;
  readonly body: string;
  readonly author: unknown;
  readonly at: string;
  readonly language?: string;
}

/** A directory of its own with the log open for writing, as the command line opens it. */
export class ImportForum {
  readonly dataDir: string;
  readonly context: CommandContext;

  private constructor(dataDir: string, context: CommandContext) {
    this.dataDir = dataDir;
    this.context = context;
  }

  static async open(dataDir = mkdtempSync(join(tmpdir(), 'import-'))): Promise<ImportForum> {
    return new ImportForum(dataDir, await createCommandContext(readConfig({ DATA_DIR: dataDir })));
  }

  import(file: string, options: Partial<ImportOptions> = {}): Promise<ImportReport> {
    return importFile(file, this.context, { source: 'wordpress', now: NOW, ...options });
  }

  head(): Promise<bigint> {
    return this.context.store.head();
  }

  /** The comments as the log tells them, by their ids in WordPress. */
  async comments(): Promise<ReadonlyMap<string, ImportedCommentFacts>> {
    const comments = new Map<string, ImportedCommentFacts>();
    for await (const event of this.context.store.readAll({ filter: { types: ['CommentPosted.v1'] } })) {
      const fact = await decoders.comment.open(event, this.context.vault);
      if (fact.type !== 'CommentPosted.v1' || 'erased' in fact.personal || fact.data.source === null) continue;
      const { body, author } = fact.personal;
      const { commentId: id, depth, source, language } = fact.data;
      comments.set(source.id, { id, depth, body, author, at: event.occurredAt, ...(language && { language }) });
    }
    return comments;
  }

  /** The posts as published, by their ids in WordPress. */
  async posts(): Promise<ReadonlyMap<string, Record<string, unknown>>> {
    const posts = new Map<string, Record<string, unknown>>();
    for await (const event of this.context.store.readAll({ filter: { types: ['PostPublished.v1'] } })) {
      const { data } = decoders.post.read(event);
      if ('source' in data && data.source !== null)
        posts.set(data.source.id, { ...data, occurredAt: event.occurredAt });
    }
    return posts;
  }

  async close({ keep = false } = {}): Promise<void> {
    await this.context.close();
    if (!keep) rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/** A forum that serves, and beside it an import into its log, as on a machine whose blog moves in. */
export class ServedImport {
  readonly served: RunningForum;
  readonly writing: ImportForum;

  private constructor(served: RunningForum, writing: ImportForum) {
    this.served = served;
    this.writing = writing;
  }

  static async open(): Promise<ServedImport> {
    const served = await startForum();
    return new ServedImport(served, await ImportForum.open(served.dataDir));
  }

  /** Imports an export; resolves, when the forum shows all of it, with what was done and the headers of such a read. */
  async bring(
    xml: string,
    options: Partial<ImportOptions> = {},
  ): Promise<{ readonly report: ImportReport; readonly headers: Readonly<Record<string, string>> }> {
    const file = join(this.writing.dataDir, 'export.xml');
    writeFileSync(file, xml);
    const report = await this.writing.import(file, options);
    const headers = { 'Colloquy-After': String(await this.writing.head()) };
    await this.served.call('GET', '/api/v1/posts', { headers });
    return { report, headers };
  }

  async close(): Promise<void> {
    await this.writing.close({ keep: true });
    await this.served.close();
    rmSync(this.served.dataDir, { recursive: true, force: true });
  }
}

/** The names of views whose rebuild differs from the live one. */
export async function unequalViews({ forum }: RunningForum): Promise<readonly string[]> {
  const unequal: string[] = [];
  for (const { name } of forum.views.state()) if (!(await forum.views.verify(name)).equal) unequal.push(name);
  return unequal;
}
