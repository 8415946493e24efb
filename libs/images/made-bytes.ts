import { IMAGE_FORMATS, IMAGE_WIDTHS, isRecord } from '../kernel/index.ts';
import { ImageRefused, type MadeFile, type MadeImage } from './make-sizes.ts';

const HEAD_AT = 4;
const WHYS = ['kind', 'size', 'damaged'] as const;

/** An image as one process hands it to another: the length of the head (32 bits), the head as JSON, then the files. */
export function madeBytes({ files, ...image }: MadeImage): Buffer {
  const named = files.map(({ bytes, ...file }) => ({ ...file, length: bytes.byteLength }));
  return withHead(
    { ...image, files: named },
    files.map(({ bytes }) => bytes),
  );
}

export function refusedBytes({ why, message }: ImageRefused): Buffer {
  return withHead({ why, message }, []);
}

/** Reads what a process said that strangers' bytes ran in. Throws ImageRefused where it said so, or said nothing good. */
export function readMade(said: Buffer): MadeImage {
  const headEnd = HEAD_AT + (said.length < HEAD_AT ? 0 : said.readUInt32BE());
  const head = headIn(said.subarray(HEAD_AT, headEnd));
  const why = WHYS.find((each) => each === head['why']);
  if (why !== undefined) throw new ImageRefused(why, String(head['message']));
  const { width, height, animated, files: named } = head;
  let at = headEnd;
  const files = (Array.isArray(named) ? named : []).map((each: unknown): MadeFile => {
    const file = isRecord(each) ? each : {};
    const [from, length] = [at, whole(file['length'])];
    at += length;
    return {
      width: oneOf(IMAGE_WIDTHS, file['width']),
      format: oneOf(IMAGE_FORMATS, file['format']),
      bytes: said.subarray(from, at),
    };
  });
  if (files.length === 0 || at !== said.length) throw broken();
  return { width: whole(width), height: whole(height), animated: animated === true, files };
}

function withHead(head: object, bytes: readonly Uint8Array[]): Buffer {
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(HEAD_AT);
  length.writeUInt32BE(json.length);
  return Buffer.concat([length, json, ...bytes]);
}

function headIn(json: Buffer): Readonly<Record<string, unknown>> {
  try {
    const head: unknown = JSON.parse(json.toString());
    if (isRecord(head)) return head;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw broken();
}

function whole(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw broken();
}

function oneOf<Value>(values: readonly Value[], value: unknown): Value {
  const found = values.find((each) => each === value);
  if (found === undefined) throw broken();
  return found;
}

function broken(): ImageRefused {
  return new ImageRefused('damaged', 'it is damaged');
}
