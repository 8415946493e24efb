import type { Upcasters } from '../../libs/kernel/index.ts';

/**
 * How older versions of stored types read as the version after them, by their name. None yet: when a type gets a new
 * version, its folder gets an `x.upcasters.ts`, whose entries are joined here.
 */
export const UPCASTERS: Upcasters = {};
