/** Makes the hash of a password that is stored (argon2id, PHC form); slow on purpose. */
export interface PasswordHashing {
  hash(password: string): Promise<string>;
}

/** The injection token of PasswordHashing. */
export const PASSWORD_HASHING = Symbol('PasswordHashing');

/** The injection token of the secret (a string) under which e-mail addresses are named in the log. */
export const EMAIL_KEY = Symbol('EmailKey');
