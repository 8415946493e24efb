import type { ThreadActivity } from '../../../../libs/client/index.ts';
import type { ActivityKind } from '../../../../libs/words/index.ts';

const PART_WIDTH = 10;
const BARS_HEIGHT = 32;
const EDITED_AT = 36;
const DECIDED_AT = 42;
const HEIGHT = 47;
const MARK_HEIGHT = 4;

/** A thread's life from left to right: bars for comments, below them a row of marks for edits and one for decisions. */
export function Graph({ activity, share, label }: { activity: ThreadActivity; share: number; label: string }) {
  const { parts } = activity;
  const width = parts.length * PART_WIDTH;
  const most = Math.max(1, ...parts.map(({ posted }) => posted));
  return (
    <svg class="life" viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <path class="life-line" d={`M0 ${BARS_HEIGHT}H${width}`} />
      <path class="life-posted" d={parts.map(({ posted }, n) => barOf(n, posted / most)).join('')} />
      <path class="life-edited" d={marks(parts, 'edited', EDITED_AT)} />
      <path class="life-decided" d={marks(parts, 'decided', DECIDED_AT)} />
      <rect class="life-later" x={share * width} y="0" width={width - share * width} height={HEIGHT} />
      <path class="life-handle" d={`M${Math.min(width - 1, Math.max(1, share * width))} 0V${HEIGHT}`} />
    </svg>
  );
}

/** The height grows with the square root, so that a quiet day beside a busy one is still seen. */
function barOf(part: number, share: number): string {
  if (share === 0) return '';
  const height = Math.max(3, Math.round(Math.sqrt(share) * (BARS_HEIGHT - 2)));
  return `M${part * PART_WIDTH + 1} ${BARS_HEIGHT}v${-height}h${PART_WIDTH - 2}v${height}z`;
}

function marks(parts: ThreadActivity['parts'], kind: ActivityKind, y: number): string {
  const mark = (part: number): string =>
    `M${part * PART_WIDTH + 1} ${y}h${PART_WIDTH - 2}v${MARK_HEIGHT}h${2 - PART_WIDTH}z`;
  return parts.map((part, n) => (part[kind] > 0 ? mark(n) : '')).join('');
}
