export { destroyedKeyIn, destroyRecorded, isDestructionRecorded, KEY_DESTRUCTIONS } from './destructions.ts';
export { openServerKeyStore, openServerVault } from './key-servers.ts';
export { type KeyStore, OtherKey, type StoredKey } from './keys.ts';
export { keepOpened, keysBeside, openedPartOf, openingReader } from './opened-parts.ts';
export * from './port.ts';
export { openWithEventKey } from './released-key.ts';
export { keyIdIn, type SealVersion, sealVersionOf } from './sealed-form.ts';
export {
  copySqliteVault,
  foreignInSqliteVault,
  openSqliteKeyStore,
  type SqliteKeyStoreOptions,
  sqliteVaultStandsAlone,
} from './sqlite/key-store.ts';
export { openSqliteVault, type SqliteVaultOptions } from './sqlite/vault.ts';
export { withoutCommitment } from './version-2.ts';

export { DestructionUnrecorded, type UnreadableSeal, unreadableWords, WatchedVault } from './watched-vault.ts';

/** The injection token under which the vault is provided. */
export const VAULT = Symbol('Vault');
