import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKurrentDbServer } from '../../../test/kurrentdb-server/server.ts';
import { describeVault, type OpenedVault } from '../contract/vault.contract.ts';
import { openKurrentVault } from './vault.ts';

describeVault('KurrentDB vault', async (): Promise<OpenedVault> => {
  const dir = await mkdtemp(join(tmpdir(), 'colloquy-vault-'));
  const server = await startKurrentDbServer({ dir });
  let clients = 0;
  const open = (): ReturnType<typeof openKurrentVault> => {
    clients += 1;
    return openKurrentVault({ url: server.url, cacheFile: join(dir, `keys-${clients}.db`) });
  };
  const vault = await open();
  return {
    vault,
    another: open,
    dispose: async () => {
      await vault.close();
      await server.close();
      await rm(dir, { recursive: true });
    },
  };
});
