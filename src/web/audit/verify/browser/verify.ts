import { fromBase64 } from '../../../../../libs/transparency/base64.ts';
import { readData } from '../../../shell/browser/page-data.ts';
import { bringTo, chosenText, heading, line, tell } from '../../browser/told.ts';
import { VERIFY_STEPS, type VerifyPageData } from '../page-data.ts';
import { filled } from '../words.ts';
import { type CheckedCheckpoint, compareCheckpoints } from './check-checkpoint.ts';

const API = '/api/v1/audit';

/** Checks in the browser what the form would ask the forum to check. */
function start(section: HTMLElement, words: VerifyPageData): void {
  const [form, told] = [section.querySelector('form'), section.querySelector<HTMLElement>('[data-result]')];
  const [text, key] = [section.querySelector('textarea'), section.querySelector<HTMLInputElement>('#verify-key')];
  if (!form || !told || !text || !key) return;
  if (!globalThis.crypto?.subtle) {
    tell(told, 'unsure', [line('unable', words.insecure)]);
    return;
  }
  for (const field of section.querySelectorAll<HTMLElement>('[data-by-script]')) field.hidden = false;
  const check = async (): Promise<void> => {
    try {
      const newest = await asked(`${API}/checkpoint`).then((answer) => answer.text());
      show(
        told,
        await compareCheckpoints({ kept: text.value, newest, key: key.value, changes: words.changes, prove }),
        words,
      );
    } catch {
      tell(told, 'unsure', [line('unable', words.unreachable)]);
    }
    bringTo(told);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void check();
  });
  chosenText(section.querySelector<HTMLInputElement>('#verify-file'), (contents) => {
    text.value = contents;
    void check();
  });
}

async function asked(path: string): Promise<Response> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer;
}

async function prove(from: number, to: number): Promise<readonly Uint8Array[]> {
  const answer = await asked(`${API}/proofs/consistency?from=${from}&to=${to}`);
  const { hashes }: { readonly hashes: readonly string[] } = await answer.json();
  return hashes.map((hash) => fromBase64(hash, 'A hash of the proof'));
}

function show(told: HTMLElement, { outcomes, verdict, kept, size }: CheckedCheckpoint, words: VerifyPageData): void {
  const lines = VERIFY_STEPS.flatMap((step) => {
    const outcome = outcomes[step];
    if (outcome === 'skipped') return [];
    const text = outcome === 'unable' ? words.unable : words.steps[step][outcome];
    return [line(outcome, filled(text, { kept, size }))];
  });
  if (Object.values(outcomes).includes('skipped')) lines.push(line('skipped', words.skipped));
  tell(told, verdict, [heading(words.verdicts[verdict]), ...lines]);
}

const section = document.getElementById('verify-check');
const data = readData<VerifyPageData>('page-data');
if (section && data) start(section, data);
