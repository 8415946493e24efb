export * from './port.ts';

/** The injection token under which the vault is provided. */
export const VAULT = Symbol('Vault');
