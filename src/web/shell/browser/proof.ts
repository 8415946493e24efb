import { PROOF_PUZZLES } from '../../../../libs/words/index.ts';
import { PROOF_FIELD } from '../unseen-names.ts';
import type { FromProof, ProofTask } from './proof-worker.ts';

/** After this a form is sent without its proof, in milliseconds. */
const LONGEST_WAIT = 120_000;

/** The work on each form, from when somebody begins to fill it in; a form is sent when its work is over. */
const under = new WeakMap<HTMLElement, { readonly end: Promise<void>; isOver: boolean }>();

document.addEventListener('focusin', ({ target }) => {
  const part = partIn(target instanceof Element ? target.closest('form') : null);
  if (part !== null) begin(part);
});

document.addEventListener(
  'submit',
  (event) => {
    const form = event.target instanceof HTMLFormElement ? event.target : null;
    const part = partIn(form);
    if (form === null || part === null) return;
    const work = begin(part);
    if (work.isOver) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    void work.end.then(() => form.requestSubmit(submitter));
  },
  { capture: true },
);

function partIn(form: Element | null): HTMLElement | null {
  return form?.querySelector<HTMLElement>('[data-proof]') ?? null;
}

/** Begins once for each form. */
function begin(part: HTMLElement): { readonly end: Promise<void>; readonly isOver: boolean } {
  const known = under.get(part);
  if (known !== undefined) return known;
  const work = { isOver: false, end: solve(part).catch(() => tell(part, 'failed')) };
  under.set(part, work);
  void work.end.then(() => {
    work.isOver = true;
  });
  return work;
}

async function solve(part: HTMLElement): Promise<void> {
  const { proof: bits, stamp = '', worker: program = '' } = part.dataset;
  // Browsers hash and make ids over https and on this machine alone.
  if (!isSecureContext) throw new Error('no secure context');
  const progress = part.querySelector('progress');
  if (progress !== null) progress.hidden = false;
  const worker = new Worker(program, { type: 'module' });
  try {
    const task: ProofTask = { seed: { stamp, id: crypto.randomUUID() }, bits: Number(bits) };
    const proof = await answer(worker, task, (share) => {
      if (progress !== null) progress.value = share;
    });
    const field = part.querySelector<HTMLInputElement>(`input[name=${PROOF_FIELD}]`);
    if (field !== null) field.value = proof;
    tell(part, 'done');
  } finally {
    worker.terminate();
    if (progress !== null) progress.hidden = true;
  }
}

function answer(worker: Worker, task: ProofTask, onShare: (share: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const tooLong = setTimeout(() => reject(new Error('it took too long')), LONGEST_WAIT);
    worker.addEventListener('error', reject);
    worker.addEventListener('message', ({ data }: MessageEvent<FromProof>) => {
      if ('solved' in data) return onShare(data.solved / PROOF_PUZZLES);
      clearTimeout(tooLong);
      resolve(data.proof);
    });
    worker.postMessage(task);
  });
}

function tell(part: HTMLElement, what: 'done' | 'failed'): void {
  const said = part.querySelector('[data-said]');
  if (said !== null) said.textContent = part.dataset[what] ?? '';
}
