import { answerQuestions } from '../../../libs/answering-thread/index.ts';
import { seenInComment } from '../../../libs/markdown/index.ts';
import { ReadFile } from '../../../libs/projections/index.ts';
import { answeringMore, highlighting, parseSearch } from '../../../libs/search/index.ts';
import { findEntries } from './find-entries.ts';
import type { SearchAnswer, SearchQuestion, ShownTexts, TextsOfFound } from './search-questions.ts';
import { unknownNames } from './unknown-names.ts';
import { markedBy } from './ways-to-read.ts';

/** Characters of Markdown that are looked through for what was found. */
const MOST_READ = 50_000;

const files = new ReadFile();

answerQuestions<SearchQuestion, SearchAnswer>((question) => {
  try {
    return answered(question);
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
});

function answered(question: SearchQuestion): SearchAnswer {
  if (question.kind === 'find') return { kind: 'found', found: findEntries(files.db(question.file), question.asked) };
  if (question.kind === 'names')
    return { kind: 'unknown', names: unknownNames(files.db(question.file), question.asked) };
  const search = markedBy(question.ways.map((way) => parseSearch(way, { isTyping: question.isTyping })));
  const htmlOf = highlighting(search);
  const shown = question.texts.map(({ title, body, excerpt }: TextsOfFound): ShownTexts => {
    const ofBody = htmlOf(seenIn(body));
    const highlightHtml = excerpt === undefined ? ofBody : answeringMore(ofBody, htmlOf(seenIn(excerpt)));
    return { titleHtml: htmlOf(title), highlightHtml };
  });
  return { kind: 'shown', shown };
}

function seenIn(markdown: string): string {
  return seenInComment(markdown.slice(0, MOST_READ)).text;
}
