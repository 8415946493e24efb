/** SQL: the number by which comments name a post or a member; null for one that has nothing to do with any comment. */
export const numberOf = (id: string): string => `SELECT n FROM known WHERE id = ${id}`;

/** SQL: who wrote a comment, by its id; null for nobody's, and for an erased member's. */
export const AUTHOR_OF_COMMENT =
  'SELECT a.id AS author FROM comment c LEFT JOIN known a ON a.n = c.author WHERE c.id = ?';
