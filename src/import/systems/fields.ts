/** The fields of a record that somebody else's program wrote: each is read as what it should be, or is empty. */
export class RecordFields {
  readonly #fields: ReadonlyMap<string, unknown>;

  /** Of a value that is no record nothing is there. */
  constructor(value: unknown) {
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.#fields = new Map(isRecord ? Object.entries(value) : []);
  }

  /** A text, or a number or truth as text; the first of these names that has one. */
  text(...names: readonly string[]): string {
    for (const name of names) {
      const value = this.#fields.get(name);
      if (typeof value === 'string' && value !== '') return value;
      if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    }
    return '';
  }

  /** A moment as `momentOf` takes it. */
  moment(...names: readonly string[]): string | number | null {
    for (const name of names) {
      const value = this.#fields.get(name);
      if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return value;
    }
    return null;
  }

  /** How many fields it has. */
  get size(): number {
    return this.#fields.size;
  }

  number(name: string): number {
    const value = this.#fields.get(name);
    return typeof value === 'number' && Number.isFinite(value) ? value : 0;
  }

  flag(name: string): boolean {
    const value = this.#fields.get(name);
    return value === true || value === 1 || value === 'true' || value === '1';
  }

  within(name: string): RecordFields {
    return new RecordFields(this.#fields.get(name));
  }

  list(name: string): readonly unknown[] {
    const value = this.#fields.get(name);
    return Array.isArray(value) ? value : [];
  }
}
