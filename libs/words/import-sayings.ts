import { type Filled, filledIn } from './filled.ts';

/**
 * What an import says of a file, in English as the shell does, by a code that stays as it is: pages word it in the reader's
 * language. `{name}` stands for what is named.
 */
export const IMPORT_SAYINGS = {
  textInFront: [
    'there is text in front of the export; it was skipped',
    'there is something in front of the XML declaration',
  ],
  textBehind: ['there is text after the end of the export'],
  characterDropped: ['a character that XML forbids was dropped'],
  bytesReplaced: ['unreadable bytes were replaced by U+FFFD'],
  mended: [
    'a CDATA section holds "]]>"; read as it was meant',
    'a CDATA section holds …; read as it was meant',
    'an entity that XML does not know was kept as text',
    'an entity without a name was kept as text',
    'a reference to a character that XML forbids was kept as text',
    'an XML comment holds "--"',
    'an XML comment holds …',
    'the value of an attribute has no quotation marks; read as it was meant',
    'there is no space between two attributes',
    'there is a "/" within a tag',
    'there is a … within a tag',
    'the prefix {prefix} is not bound to a namespace; read as usual',
    'the prefix {prefix} is bound to {uri}; read as usual',
    'the prefix …; read as usual',
  ],
  namesUnread: ['names stand in the table of users, which holds passwords and is not read; an Artrans file has them'],
  pageUnnamed: ['the comment does not name its page'],
  pageUntold: ['comments stand under {page}, which the file does not tell; left out'],
  pageMoved: [
    'the page {page} stands at {now} by now; its discussion stays under the former address, and an alias in the settings leads there from the new one',
  ],
  threadDeleted: ['the thread is marked deleted and has comments that are not; these are brought'],
  idMade: ['the post has no dsq:id; it got one from what it says'],
  flagUnknown: ['{name} is {value}, neither true nor false; taken as false'],
  changedHere: ['{title} was changed in the source and here; left as it is here'],
  standsElsewhere: ['the comment {id} stands under another post here; left there'],
  refused: ['refused: {why}'],
  typeMissing: ['the item has no wp:post_type; taken as a post'],
  undatedNow: ['{title} does not say when it was published; the time of the import was taken'],
  undatedFirst: ['{title} does not say when it was published; the time of its first comment was taken'],
  postIdTwice: ['the post id {id} is used twice; {title} got an id from its title'],
  commentIdTwice: ['the comment id {id} is used twice; this comment got an id from its content'],
  textCut: ['a text was cut at {most} characters, more than is kept of any', 'the {text} was cut at {most} characters'],
  commentCut: ['the comment was cut at {most} characters (in the export it has {length})'],
  commentLong: ['the comment has {length} characters, more than a new one may have; kept whole'],
  commentUndated: ["the comment does not say when it was written; its post's date was taken"],
  circle: ['the comment answers itself in a circle; put at the top'],
  answerKept: ['the comment answers {id}, which is not under this post; a placeholder stands for it'],
  answerTop: ['the comment answers {id}, which is not under this post; put at the top'],
  answerElsewhere: ['the comment answers {id}, which stands on another page; put at the top'],
  deep: [
    '{count} answer stands deeper than {levels} levels under this post; they are put at that level, by time',
    '{count} answers stand deeper than {levels} levels under this post; they are put at that level, by time',
  ],
  zip: ['this is a ZIP archive; unpack it and import the XML files in it one by one'],
  gzipBomb: ['the gzip file holds more than {times} times its own bytes; unpack it and import what is in it'],
  gzipBroken: ['the gzip file is cut off or broken'],
  encoding: ['the encoding {label} is not known; convert the file to UTF-8'],
  empty: ['the file is empty'],
  cutOff: [
    'the file ends before its end: it was cut off',
    'the file ends in the middle of <{name}>, which began in line {line}',
  ],
  version: ['version {version} of {exports} is not known; 1 is'],
  otherSystem: ['this is no {export}', 'this has nothing of {system} in it; {how}'],
  tooLarge: [
    'a text of over {most} MiB',
    'an item of over {most} MiB',
    'a value of over {most} MiB',
    'a line of over {most} MiB',
    'a YAML file of over {most} MiB; export as Artrans instead',
    'elements are nested over {most} deep',
    'values are nested over {most} deep',
  ],
  declarations: [
    'a document type with declarations of its own is refused',
    'a document type with declarations of its own (such as entities) is refused',
  ],
  broken: [
    'broken XML: {fault}',
    'broken YAML',
    'a value that is no JSON',
    'a line that is no JSON: the file was cut off or is broken',
    'there is something after the end of the JSON',
    'a name is missing in the JSON',
    'the JSON closes what it has not opened',
    'the database cannot be read on: {why}',
  ],
  died: ['its process ended early ({status})'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ImportSayingCode = keyof typeof IMPORT_SAYINGS;
/** A text that an import may say: the compiler refuses any other. */
export type ImportSaying = Filled<(typeof IMPORT_SAYINGS)[ImportSayingCode][number]>;

/** What an import said, by its code and what it names. */
export interface SaidByImport {
  readonly code: ImportSayingCode;
  readonly values: Readonly<Record<string, string>>;
}

/** Null for what no import of this version says. */
export function saidByImport(text: string): SaidByImport | null {
  for (const code of Object.keys(IMPORT_SAYINGS).filter(isSayingCode)) {
    for (const form of IMPORT_SAYINGS[code]) {
      const values = filledIn(form, text);
      if (values !== null) return { code, values };
    }
  }
  return null;
}

function isSayingCode(name: string): name is ImportSayingCode {
  return Object.hasOwn(IMPORT_SAYINGS, name);
}
