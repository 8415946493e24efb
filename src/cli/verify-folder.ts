import { resolve } from 'node:path';
import { isLogServer } from '../../libs/event-store/index.ts';
import { type LogReport, readCheckpointFiles, reportWords, type Verifier } from '../../libs/transparency/index.ts';
import { type KeyStore, openServerKeyStore, openSqliteKeyStore } from '../../libs/vault/index.ts';
import { auditSigner } from '../composition/audit-key.ts';
import { openLogReader } from '../composition/log-reader.ts';
import { vaultFile } from '../composition/open-log.ts';
import { rehearsalLog } from '../composition/rehearsal-log.ts';
import { type Config, readConfig } from '../config.ts';
import type { DataStep } from '../keeping/verification/data-input.ts';
import { imageLines } from '../keeping/verification/image-check.ts';
import { sealLines } from '../keeping/verification/seal-check.ts';
import { type DataReport, verifyData } from '../keeping/verification/verify-data.ts';
import { auditOrigin } from './audit-origin.ts';
import { copyPlaceOf } from './log-copy-places.ts';
import { readSecretsOf } from './log-copy-source.ts';
import { StepProgress } from './step-progress.ts';
import { stoppable } from './stoppable.ts';
import type { Terminal } from './terminal.ts';
import { givenKeys, type VerifyFlags } from './verify-flags.ts';

const STEP_NAMES: Readonly<Record<DataStep, string>> = { log: 'verify the log', views: 'verify the views' };

/** Verifies a data folder, and reports on its log before the rest is checked. */
export async function ofFolder(path: string | undefined, flags: VerifyFlags, terminal: Terminal): Promise<DataReport> {
  const { environment } = terminal;
  const config = readConfig(path === undefined ? environment : { ...environment, DATA_DIR: resolve(path) });
  const keys = await keysOf(config, flags);
  const progress = new StepProgress(terminal.error, STEP_NAMES);
  const say = (lines: readonly string[]): void => {
    progress.end();
    if (!flags.json) for (const line of lines) terminal.say(line);
  };
  let told = 0;
  const onLog = (log: LogReport): void => {
    told = log.faults.length;
    say(reportWords(log, path ?? 'the data folder'));
  };
  try {
    const report = await stoppable((signal) =>
      verifyData({
        openLog: () => openLogReader(config, 'read'),
        openKeys: () => keysFor(config),
        source: rehearsalLog(config),
        dataDir: config.dataDir,
        ...keys,
        checkpoints: readCheckpointFiles(flags.checkpoint, null),
        against: flags.against,
        views: flags.views,
        onLog,
        onProgress: (step, done, all, events) => progress.show(step, Number(done), Number(all), events),
        signal,
      }),
    );
    say([
      ...report.faults.slice(told).map((fault) => `fault:         ${fault}`),
      ...sealLines(report.seals),
      ...imageLines(report.images),
      ...viewLines(report),
    ]);
    return report;
  } finally {
    progress.end();
  }
}

function viewLines({ views }: DataReport): readonly string[] {
  if (views === null) return [];
  const equal = views.filter((view) => view.equal).map(({ view }) => view);
  return [`views:         ${equal.length} of ${views.length} are what the log says: ${equal.join(', ')}`];
}

async function keysFor(config: Config): Promise<KeyStore> {
  const { eventStoreUrl: url } = config;
  return isLogServer(url)
    ? openServerKeyStore({ url })
    : openSqliteKeyStore({ file: vaultFile(config), readOnly: true });
}

/** The keys that were given, or the forum's own, which may have signed under other names before. */
async function keysOf(
  config: Config,
  flags: VerifyFlags,
): Promise<{ readonly keys: readonly Verifier[]; readonly anyName: boolean }> {
  if (flags.key.length > 0) return { keys: givenKeys(flags), anyName: false };
  const secrets = await readSecretsOf(copyPlaceOf('EVENT_STORE_URL', config.eventStoreUrl, config.dataDir));
  return { keys: [auditSigner(config, secrets, auditOrigin(config))], anyName: true };
}
