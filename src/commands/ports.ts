/** Hashes a password for storage (argon2id, PHC form); slow on purpose. */
export interface PasswordHashing {
  /** `salt` has 16 bytes. */
  hash(password: string, salt: Uint8Array): Promise<string>;
}

/** The injection token of PasswordHashing. */
export const PASSWORD_HASHING = Symbol('PasswordHashing');

/** Gives the secret that hides e-mail addresses in the log; throws while it is not known. */
export type EmailKey = () => string;

/** The injection token of EmailKey. */
export const EMAIL_KEY = Symbol('EmailKey');
