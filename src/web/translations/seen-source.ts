import { createHash } from 'node:crypto';
import type { QueryBus } from '@nestjs/cqrs';
import type { DiffPart, SourceText, SourceTexts } from '../../../libs/client/index.ts';
import { MOST_COMPARED_CHARACTERS } from '../../../libs/words/index.ts';
import type { TranslatableText } from '../../acts/translating.ts';
import { CompareTexts } from '../../views/shelf/post-drafts.query-types.ts';
import { formText } from '../shell/form-checks.ts';
import type { ChangedSource } from './changed-source.tsx';

/**
 * The form of a post's translation brings back the text that its translator read, since earlier texts of a post are told to
 * editors alone. Without one that is longer than the form takes besides the translation.
 */
export function seenFields(text: TranslatableText): Readonly<Record<string, string>> {
  if (text.kind === 'comment') return {};
  const { title, body } = text.post;
  return title.length + body.length > MOST_COMPARED_CHARACTERS ? {} : { seenTitle: title, seenBody: body };
}

/** What was changed in a text since whoever sent this form read it. */
export async function changedSince(
  form: unknown,
  { seen, now }: SourceTexts,
  queries: Pick<QueryBus, 'execute'>,
): Promise<ChangedSource> {
  const before = seen ?? seenIn(form);
  if (before === null) return { now, changes: null };
  const body = await compared(before.body, now.body, queries);
  return { now, changes: { title: titleParts(before.title ?? '', now.title ?? ''), body } };
}

function compared(before: string, after: string, queries: Pick<QueryBus, 'execute'>): Promise<readonly DiffPart[]> {
  const texts = { before, after };
  const key = createHash('sha256').update(JSON.stringify(texts)).digest('base64');
  return queries.execute(new CompareTexts(key, texts));
}

/** A title is short: the one stands whole beside the other. */
function titleParts(before: string, after: string): readonly DiffPart[] {
  if (before === after || before === '') return [{ kind: 'same', text: after }];
  return [
    { kind: 'removed', text: before },
    { kind: 'same', text: ' ' },
    { kind: 'added', text: after },
  ];
}

function seenIn(form: unknown): Pick<SourceText, 'title' | 'body'> | null {
  const [title, body] = [formText(form, 'seenTitle'), formText(form, 'seenBody')];
  return body === '' ? null : { title, body };
}
