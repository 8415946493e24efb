/** The text between an element's tags, gathered in the pieces in which XML gives it. */
export class ValueGatherer {
  private readonly pieces: { readonly text: string; readonly cdata: boolean }[] = [];
  /** True once a CDATA section turned out to have ended too early: see `value`. */
  brokenCdata = false;

  add(text: string, cdata: boolean): void {
    this.pieces.push({ text, cdata });
  }

  /**
   * The element's value, trimmed, since exports that passed through another program pad every value with newlines.
   * Where WordPress wrote `]]>` inside a CDATA section without splitting it (old versions did), the section was meant
   * to end at its last `]]>`, so the text after XML's end is put back.
   */
  value(): string {
    const whole = this.brokenCdata ? this.asMeant() : this.pieces.map((piece) => piece.text).join('');
    return whole.replace(FORBIDDEN, '').replace(/\r\n?/g, '\n').replace(C1, fromWindows1252).trim();
  }

  private asMeant(): string {
    const raw = this.pieces
      .map((piece) => (piece.cdata ? `<![CDATA[${piece.text}]]>` : piece.text))
      .join('')
      .trim();
    return raw.replace(/^<!\[CDATA\[/, '').replace(/\]\]>$/, '');
  }
}

/** Characters that XML 1.0 forbids, besides lone surrogates, which no decoder lets through. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

/** In old blogs these stand for Windows' quotation marks and dashes, as they do in HTML. */
const C1 = /[\u0080-\u009f]/g;
const windows1252 = new TextDecoder('windows-1252');

function fromWindows1252(character: string): string {
  const meant = windows1252.decode(Uint8Array.of(character.charCodeAt(0)));
  return /[\u0080-\u009f]/.test(meant) ? '' : meant;
}
