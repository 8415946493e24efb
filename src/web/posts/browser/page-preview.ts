import { fetchAs } from '../../shell/browser/fetch-as.ts';
import { FormPreview } from './form-preview.ts';

/** What the form brings back to compare with. */
const NOT_SENT = ['seenTitle', 'seenBody'];

/** The preview of a form that is made where the form is sent, as for those whose browser runs no program. */
export function followPagePreview(form: HTMLFormElement): void {
  const as = new FormData(form).get('as');
  const ask = fetchAs(typeof as === 'string' ? as : '');
  const htmlOf = async (_text: string, { signal }: { readonly signal: AbortSignal }): Promise<string> => {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string' && !NOT_SENT.includes(name)) body.append(name, value);
    }
    body.set('do', 'preview');
    body.set('part', 'preview');
    const answer = await ask(form.action, { method: 'POST', body, signal });
    if (!answer.ok) throw new Error(`a preview was answered with ${answer.status}`);
    return answer.text();
  };
  new FormPreview(form, { htmlOf, beside: null }).follow();
}
