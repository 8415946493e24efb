/** What is put in the place of a part of a text, and what is chosen in it afterwards, counted from its beginning. */
export interface TypedChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly choose: readonly [from: number, to: number];
}
