import { DomainError } from '../../libs/kernel/index.ts';

/** What the checks refuse, all of them tried. Throws DomainError storage_unavailable and every other error at once. */
export async function faultsIn(checks: readonly (() => Promise<unknown>)[]): Promise<readonly DomainError[]> {
  const faults: DomainError[] = [];
  for (const check of checks) {
    try {
      await check();
    } catch (error) {
      if (!(error instanceof DomainError) || error.retryAfterSeconds !== undefined) throw error;
      faults.push(error);
    }
  }
  return faults;
}

/** Throws one fault as it is, and several as one that names all their fields: `handle_taken` where that is among them, else `invalid`. */
export function refuseTogether(found: readonly DomainError[]): void {
  const faults = [...new Map(found.map((fault) => [fault.detail, fault])).values()];
  const [first, ...more] = faults;
  if (first === undefined) return;
  if (more.length === 0) throw first;
  const detail = faults.map((fault) => sentence(fault.detail)).join(' ');
  const code = faults.some((fault) => fault.code === 'handle_taken') ? 'handle_taken' : 'invalid';
  throw new DomainError(code, detail, faults.flatMap(fieldsOf));
}

function sentence(detail: string): string {
  return /[.!?]$/u.test(detail) ? detail : `${detail}.`;
}

function fieldsOf({ code, detail, errors }: DomainError): DomainError['errors'] {
  return code === 'handle_taken' && errors.length === 0 ? [{ field: 'handle', message: detail }] : errors;
}
