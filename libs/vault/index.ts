export * from './port.ts';
export { openSqliteVault, type SqliteVaultOptions } from './sqlite/vault.ts';

/** The injection token under which the vault is provided. */
export const VAULT = Symbol('Vault');
