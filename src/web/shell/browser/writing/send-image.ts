import { stated } from '../frame-site.ts';

/** Why a picture was not taken: a code of the forum's, or `unreachable`. */
export interface PictureRefusal {
  readonly code: string;
  readonly detail: string;
  readonly retryAfterSeconds?: number;
}

/** The address by which texts show it. */
export type SentPicture = { readonly address: string } | { readonly refusal: PictureRefusal };

interface Sending {
  /** The same picture sent again with the same UUID is kept once. */
  readonly key: string;
  /** The member for whom the page was drawn. */
  readonly as: string;
  readonly signal: AbortSignal;
  /** From 0 to 1; 1 while the forum makes its sizes. */
  readonly told: (part: number) => void;
}

const UNREACHABLE: PictureRefusal = { code: 'unreachable', detail: 'The forum cannot be reached.' };

/** Brings a picture to the forum; by XMLHttpRequest, since no other way tells how much is sent. Null when it was given up. */
export function sendImage(file: File, { key, as, signal, told }: Sending): Promise<SentPicture | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/images');
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('idempotency-key', key);
    for (const [name, value] of Object.entries(stated(undefined, as))) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => told(lengthComputable ? loaded / total : 0);
    request.upload.onload = () => told(1);
    request.onload = () => resolve(answerOf(request));
    request.onerror = () => resolve({ refusal: UNREACHABLE });
    request.onabort = () => resolve(null);
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', file);
    request.send(form);
  });
}

function answerOf(request: XMLHttpRequest): SentPicture {
  const answer = objectIn(parsed(request.responseText));
  const { address } = objectIn(answer['image']);
  if (request.status === 201 && typeof address === 'string') return { address };
  const { code, detail } = answer;
  if (typeof code !== 'string') return { refusal: { ...UNREACHABLE, code: 'unexpected_answer' } };
  const after = Number(request.getResponseHeader('retry-after') ?? 0);
  return { refusal: { code, detail: String(detail), ...(after > 0 && { retryAfterSeconds: after }) } };
}

function objectIn(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
