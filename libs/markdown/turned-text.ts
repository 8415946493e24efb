/** Characters that nobody sees and that turn the direction of writing, or may part letters that are then set in another order. */
const TURNS = /[\u200f\u061c\u202a-\u202e\u2066-\u2069]/;
const RIGHT_TO_LEFT = /[\u200f\u061c\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}]/u;
const MARK = /\p{M}/u;
const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u;
/** The deepest nesting of directions that browsers follow (UAX #9, BD2). */
const MOST_NESTED = 125;
/** Characters after a sign of automatic direction that are looked at for the first letter. */
const MOST_LOOKED_AT = 100;

type Direction = 'left' | 'right';
type Kind = Direction | 'number' | 'neutral';

/** What is set as a whole: a letter with its marks, or a part with a direction of its own, as it is seen. */
interface Atom {
  readonly kind: Kind;
  readonly seen: string;
}

/** A part between a sign that opens a direction and the one that closes it. */
interface Part {
  readonly direction: Direction;
  readonly isForced: boolean;
  /** An isolate is a neutral within the text around it, anything else a letter of its direction. */
  readonly isIsolate: boolean;
  readonly atoms: Atom[];
}

/**
 * The text in the order in which readers see its letters, from left to right, for one that holds signs of direction;
 * null for all others. It follows the bidirectional algorithm (UAX #9) as far as such signs can set letters of a word in
 * another order: embeddings, overrides, isolates and marks of direction, each line as if it were never broken.
 */
export function turnedText(text: string): string | null {
  if (!TURNS.test(text)) return null;
  const direction = firstStrong(text);
  return text
    .split('\n')
    .map((line) => turnedLine(line, direction))
    .join('\n');
}

/** Direction of the first letter that has one, as `dir="auto"` takes it; of a text in isolates it is the first of all. */
function firstStrong(text: Iterable<string>): Direction {
  for (const letter of text) {
    if (RIGHT_TO_LEFT.test(letter)) return 'right';
    if (LETTER.test(letter)) return 'left';
  }
  return 'left';
}

function turnedLine(line: string, direction: Direction): string {
  const open: Part[] = [{ direction, isForced: false, isIsolate: false, atoms: [] }];
  const letters = Array.from(line);
  for (const [at, letter] of letters.entries()) {
    const opened = opening(letter, () => firstStrong(letters.slice(at + 1, at + MOST_LOOKED_AT)));
    if (opened !== null && open.length <= MOST_NESTED) open.push({ ...opened, atoms: [] });
    else if (letter === '\u202c' || letter === '\u2069') close(open);
    else add(open.at(-1), letter);
  }
  while (open.length > 1) close(open);
  return open.map(seenOf).join('');
}

function opening(letter: string, auto: () => Direction): Omit<Part, 'atoms'> | null {
  switch (letter) {
    case '\u202a':
      return { direction: 'left', isForced: false, isIsolate: false };
    case '\u202b':
      return { direction: 'right', isForced: false, isIsolate: false };
    case '\u202d':
      return { direction: 'left', isForced: true, isIsolate: false };
    case '\u202e':
      return { direction: 'right', isForced: true, isIsolate: false };
    case '\u2066':
      return { direction: 'left', isForced: false, isIsolate: true };
    case '\u2067':
      return { direction: 'right', isForced: false, isIsolate: true };
    case '\u2068':
      return { direction: auto(), isForced: false, isIsolate: true };
    default:
      return null;
  }
}

function close(open: Part[]): void {
  if (open.length < 2) return;
  const part = open.pop();
  if (part) open.at(-1)?.atoms.push({ kind: part.isIsolate ? 'neutral' : part.direction, seen: seenOf(part) });
}

function add(part: Part | undefined, letter: string): void {
  if (!part) return;
  const before = part.atoms.at(-1);
  const isSeen = !UNSEEN.test(letter);
  if (before && MARK.test(letter) && isSeen) {
    part.atoms[part.atoms.length - 1] = { ...before, seen: before.seen + letter };
    return;
  }
  const kind = part.isForced ? part.direction : kindOf(letter);
  if (isSeen || kind !== 'neutral') part.atoms.push({ kind, seen: isSeen ? letter : '' });
}

function kindOf(letter: string): Kind {
  if (RIGHT_TO_LEFT.test(letter)) return 'right';
  if (LETTER.test(letter) || letter === '\u200e') return 'left';
  return DIGIT.test(letter) ? 'number' : 'neutral';
}

/** The atoms of a part from left to right: numbers after a letter go with it, neutrals with what stands on both sides. */
function seenOf({ atoms, direction }: Part): string {
  const kinds = settled(atoms, direction);
  const levels = kinds.map((kind) => {
    if (kind === 'number') return 2;
    if (direction === 'left') return kind === 'right' ? 1 : 0;
    return kind === 'left' ? 2 : 1;
  });
  const order = reversed(reversed([...atoms.keys()], levels, 2), levels, 1);
  return order.map((at) => atoms[at]?.seen ?? '').join('');
}

function settled(atoms: readonly Atom[], direction: Direction): readonly Kind[] {
  let strong = direction;
  const kinds = atoms.map(({ kind }): Kind => {
    if (kind === 'left' || kind === 'right') strong = kind;
    return kind === 'number' && strong === 'left' ? 'left' : kind;
  });
  for (let at = 0; at < kinds.length; at += 1) {
    if (kinds[at] !== 'neutral') continue;
    let end = at;
    while (kinds[end] === 'neutral') end += 1;
    const [before, after] = [sideOf(kinds[at - 1], direction), sideOf(kinds[end], direction)];
    kinds.fill(before === after ? before : direction, at, end);
  }
  return kinds;
}

function sideOf(kind: Kind | undefined, direction: Direction): Direction {
  if (kind === undefined) return direction;
  return kind === 'left' ? 'left' : 'right';
}

/** The order with each row of places at this level or a higher one turned round (UAX #9, L2). */
function reversed(order: readonly number[], levels: readonly number[], level: number): readonly number[] {
  const turned: number[] = [];
  let row: number[] = [];
  for (const at of order) {
    if ((levels[at] ?? 0) >= level) row.push(at);
    else {
      for (const one of row.reverse()) turned.push(one);
      turned.push(at);
      row = [];
    }
  }
  return [...turned, ...row.reverse()];
}
