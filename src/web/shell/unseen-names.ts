/** The name of the field with the signed time of a form. */
export const STAMP_FIELD = 'shownAt';
/** The name of the field that people leave empty: programs take it for one of their own. */
export const TRAP_FIELD = 'homepage';
/** The name of the field with a proof of work. */
export const PROOF_FIELD = 'proof';
