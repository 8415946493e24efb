import { grown } from './grown.ts';
import { PLACE_BYTES, readPlace, readTime, writePlace, writeTime } from './six-bytes.ts';

/** The numbers of one step in `steps`, in six bytes each: position, comment and time. Its kind is one byte in `codes`. */
const NUMBERS = 3;
const STEP_BYTES = NUMBERS * PLACE_BYTES;

/** A step of a thread, as it is folded again when somebody looks at the past. */
export interface Step {
  readonly position: bigint;
  /** The number of the comment that it is about; 0n for the discussion itself. */
  readonly comment: bigint;
  /** Milliseconds since 1970: when it happened. */
  readonly at: number;
  readonly code: number;
}

/** A row's columns as they are in the file. */
export interface PackedSteps {
  readonly steps: Uint8Array;
  readonly codes: Uint8Array;
}

/** The steps of a row, from the last one back, each unpacked when it is asked for. */
export function* stepsBack({ steps, codes }: PackedSteps): Generator<Step> {
  const view = viewOf(steps);
  for (let step = codes.length - 1; step >= 0; step -= 1) yield stepIn(view, step, codes[step] ?? 0);
}

function stepIn(view: DataView, step: number, code: number): Step {
  const start = step * STEP_BYTES;
  return {
    position: BigInt(readPlace(view, start)),
    comment: BigInt(readPlace(view, start + PLACE_BYTES)),
    at: readTime(view, start + 2 * PLACE_BYTES),
    code,
  };
}

/** Columns of many steps, as long as they have to be. */
export interface StepArrays {
  readonly positions: BigInt64Array;
  readonly comments: BigInt64Array;
  readonly times: Float64Array;
  readonly codes: Uint8Array;
}

/** Writes a row's steps into columns, from a place on: without an object for each. */
export function writeSteps(
  { steps, codes }: PackedSteps,
  { positions, comments, times, codes: to }: StepArrays,
  at: number,
): void {
  const view = viewOf(steps);
  to.set(codes, at);
  for (let step = 0; step < codes.length; step += 1) {
    const start = step * STEP_BYTES;
    positions[at + step] = BigInt(readPlace(view, start));
    comments[at + step] = BigInt(readPlace(view, start + PLACE_BYTES));
    times[at + step] = readTime(view, start + 2 * PLACE_BYTES);
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

const FIRST_CAPACITY = 4;

/** Steps of one thread that are packed as they come. */
export class PostSteps {
  count = 0;
  #bytes = new Uint8Array(FIRST_CAPACITY * STEP_BYTES);
  #view = viewOf(this.#bytes);
  #codes = new Uint8Array(FIRST_CAPACITY);

  add({ position, comment, at, code }: Step): void {
    if (this.count === this.#codes.length) this.#makeRoom();
    const start = this.count * STEP_BYTES;
    writePlace(this.#view, start, Number(position));
    writePlace(this.#view, start + PLACE_BYTES, Number(comment));
    writeTime(this.#view, start + 2 * PLACE_BYTES, at);
    this.#codes[this.count] = code;
    this.count += 1;
  }

  recode(position: bigint, code: number): void {
    for (let step = this.count - 1; step >= 0; step -= 1) {
      const at = BigInt(readPlace(this.#view, step * STEP_BYTES));
      if (at === position) this.#codes[step] = code;
      if (at <= position) return;
    }
  }

  /** Steps and codes from one place to before another. */
  part(from: number, to: number): readonly [Uint8Array, Uint8Array] {
    return [this.#bytes.subarray(from * STEP_BYTES, to * STEP_BYTES), this.#codes.subarray(from, to)];
  }

  #makeRoom(): void {
    this.#bytes = grown(this.#bytes, new Uint8Array(2 * this.#bytes.length));
    this.#view = viewOf(this.#bytes);
    this.#codes = grown(this.#codes, new Uint8Array(2 * this.#codes.length));
  }
}
