import { SaxesParser } from 'saxes';
import type { ImportSaying } from '../../../../libs/words/index.ts';
import { SourceError, type SourcePlace, type Warn } from '../../source/source.ts';
import { TOLERATED } from '../../wordpress/wxr-faults.ts';

/** Characters between two marks of the XML: of a text, a comment or an attribute. */
const MAX_PIECE = 8 * 1024 * 1024;
const MAX_DEPTH = 100;

/** Faults after which the parser reads on safely besides those that WordPress wrote, and what is said about each. */
const ALSO_TOLERATED = new Map<string, ImportSaying>([
  ['unquoted attribute value.', 'the value of an attribute has no quotation marks; read as it was meant'],
  ['no whitespace between attributes.', 'there is no space between two attributes'],
  ['forward-slash in opening tag not followed by >.', 'there is a "/" within a tag'],
]);

/** Hears of the elements of a file in its order; names are as the file has them. */
export interface XmlHearer {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>, place: SourcePlace) => void;
  readonly text: (text: string) => void;
  readonly close: (name: string) => void;
}

/** Reads XML as text arrives. What people and programs often write wrong is mended with a warning; else it throws SourceError. */
export class TolerantXml {
  readonly #sax = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true });
  readonly #warn: Warn;
  #size = 0;
  #depth = 0;
  #tagStart: SourcePlace = { line: 1, column: 1 };
  #hasEnded = false;
  /** An attribute without quotation marks has swallowed the slash of an empty element: its end is missing. */
  #unclosed = 0;
  #isUnquoted = false;

  constructor(warn: Warn, { open, text, close }: XmlHearer) {
    this.#warn = warn;
    const heard = (piece: string): void => {
      this.#size = 0;
      text(piece);
    };
    this.#sax.on('error', ({ message }) => this.#fault(message));
    this.#sax.on('doctype', (doctype) => {
      if (/<!ENTITY|%|\[/.test(doctype)) throw this.#error('a document type with declarations of its own is refused');
    });
    this.#sax.on('opentagstart', ({ name }) => {
      const { line, column } = this.#place();
      this.#tagStart = { line, column: Math.max(1, column - name.length - 1) };
    });
    this.#sax.on('opentag', ({ name, attributes }) => {
      this.#size = 0;
      this.#depth += 1;
      if (this.#isUnquoted && Object.values(attributes).some((value) => value.endsWith('/'))) this.#unclosed += 1;
      this.#isUnquoted = false;
      if (this.#depth > MAX_DEPTH) throw this.#error(`elements are nested over ${MAX_DEPTH} deep`);
      open(name, attributes, this.#tagStart);
    });
    this.#sax.on('text', heard);
    this.#sax.on('cdata', heard);
    this.#sax.on('closetag', ({ name }) => {
      this.#size = 0;
      this.#depth -= 1;
      this.#hasEnded = this.#depth === 0;
      close(name);
    });
    this.#sax.on('comment', () => {
      this.#size = 0;
    });
  }

  write(text: string): void {
    this.#size += text.length;
    this.#sax.write(text);
    if (this.#size > MAX_PIECE) throw this.#error(`a text of over ${MAX_PIECE / 1024 / 1024} MiB`);
  }

  end(): void {
    if (!this.#hasEnded) throw this.#error('the file ends before its end: it was cut off');
  }

  #place(): SourcePlace {
    return { line: this.#sax.line, column: Math.max(1, this.#sax.column) };
  }

  #error(reason: ImportSaying): SourceError {
    return new SourceError(reason, this.#place());
  }

  #fault(message: string): void {
    const fault = message.replace(/^(?:\d+:\d+|undefined:\d+:\d+): /, '');
    if (fault.startsWith('unquoted')) this.#isUnquoted = true;
    if (fault === 'unexpected close tag.' && this.#unclosed > 0) {
      this.#unclosed -= 1;
      return;
    }
    const tolerated = TOLERATED.get(fault) ?? ALSO_TOLERATED.get(fault);
    if (tolerated !== undefined) this.#warn(tolerated, this.#place());
    else if (this.#hasEnded) this.#warn('there is text after the end of the export', this.#place());
    else throw this.#error(`broken XML: ${fault}`);
  }
}
