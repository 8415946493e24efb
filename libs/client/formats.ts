/**
 * The forms of texts and numbers in answers. `scripts/build-answers.mjs` reads the tags and describes the API's answers
 * from these types; none of them becomes a schema of its own.
 */

/**
 * @internal
 * @format uuid
 */
export type Uuid = string;

/**
 * RFC 3339, UTC.
 *
 * @internal
 * @format date-time
 */
export type Timestamp = string;

/**
 * A day in UTC: `2015-10-05`.
 *
 * @internal
 * @format date
 */
export type Day = string;

/**
 * A place in the log, as a decimal string.
 *
 * @internal
 * @pattern ^(0|[1-9][0-9]{0,18})$
 */
export type PositionText = string;

/**
 * 32 bytes in base64.
 *
 * @internal
 * @pattern ^[A-Za-z0-9+/]{43}=$
 */
export type Base64Hash = string;

/**
 * @internal
 * @asType integer
 * @minimum 0
 */
export type Count = number;

/**
 * @internal
 * @minimum 0
 */
export type Duration = number;

/**
 * @internal
 * @minimum 0
 * @maximum 1
 */
export type Share = number;

/**
 * The number of an algorithm in COSE (RFC 9053).
 *
 * @internal
 * @minimum -65536
 * @asType integer
 */
export type CoseAlgorithm = number;
