import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Words that many texts have, those of most at the end: how deflate saves room in short texts. Whoever changes them raises the view's version. */
export const COMMON = Buffer.from(
  [
    'ຂອງ|ແລະ|ທີ່|ເປັນ|ໃນ|ມີ|ບໍ່|ໄດ້|ໄປ|ມາ|ວ່າ|ໃຫ້|ນີ້|ຄົນ|ເຮົາ|ແມ່ນ|ກໍ|ຈາກ|ກັບ|ແຕ່|ຢູ່|ດີ',
    'နိုင်|သည်|တယ်|မှာ|ကို|တွေ|များ|ပြီး|နဲ့|ကျွန်တော်|လည်း|ဖြစ်|ရှိ|မဟုတ်|ခဲ့|ပါတယ်|ပါသည်|အတွက်|လူ|ဘူး|မရှိ',
    'និង|ជា|មាន|ការ|នៅ|ក្នុង|ដែល|បាន|ខ្ញុំ|មិន|ទេ|នេះ|របស់|ទៅ|មក|យើង|គេ|ពី|ឱ្យ|ដោយ|ប្រជាជន|អ្នក',
    '的|是|在|我们|他们|不|了|和|有|这|那|人|也|就|都|说|要|会|可以|没有|一个|什么|因为|所以|但是|知道',
    'ที่|และ|ของ|ใน|เป็น|ไม่|ได้|มี|ว่า|ให้|จะ|ไป|มา|กับ|คน|เรา|นี้|แต่|ก็|อยู่|ครับ|ค่ะ|เขา|แล้ว|ต้อง|ทำ|ความ|การ|จาก|หรือ|มาก',
    'und der die das nicht ist ein eine ich sie wir mit auf für von les des est pas une que pour dans los las por con para',
    'của và là có không được trong cho những người một các với này đã đến tôi chúng khi như nhưng thì cũng nhiều về ra làm nước việt',
    'would there their what about which when people one all been were they from have not but you are was this for with that and to of in is it the i a',
  ].join(' _'),
);

/** Bytes for what comes out, again as often as it needs: of most texts once. Node's 16 KiB of each have the collector look through all memory thrice as often. */
const AT_ONCE = 1_024;

/** How far back deflate looks, as a power of two of bytes. */
const [NEAR, FAR] = [12, 15];
/** Bytes that deflate does not look back over, of those that it could. */
const UNSEEN = 262;
/** Bytes of a text in which deflate sees all of text and common words though it looks back less far. */
export const MOST_NEAR = 2 ** NEAR - UNSEEN - COMMON.length;

/**
 * A kept text in little room. The same text always takes the same bytes: those of a short text are the same with room to look far
 * back, which takes a third longer to be set up.
 */
export function packed(kept: string): Buffer {
  const bytes = Buffer.from(kept);
  const windowBits = bytes.length <= MOST_NEAR ? NEAR : FAR;
  return deflateRawSync(bytes, { dictionary: COMMON, level: 9, memLevel: 6, windowBits, chunkSize: AT_ONCE });
}

export function unpacked(body: Uint8Array): string {
  return inflateRawSync(body, { dictionary: COMMON, chunkSize: AT_ONCE }).toString('utf8');
}

/** Texts in memory, twice: some MiB. */
const MOST_KNOWN = 4_000;
/** Milliseconds after which what was not asked for again is forgotten, once or twice as long: erased words leave memory too. */
const MOST_AGE = 30_000;

interface Known {
  readonly body: string;
  readonly words: string;
}

/** The words of packed texts: a search ranks the newest of what it finds, which are the same ones again and again. */
export class KnownWords {
  #known = new Map<bigint, Known>();
  #before: ReadonlyMap<bigint, Known> = new Map();
  #since = 0;

  /** As they are kept; `body` in hex. */
  of(n: bigint, body: string, now = performance.now()): string {
    if (now - this.#since > MOST_AGE || this.#known.size >= MOST_KNOWN) {
      this.#before = now - this.#since > 2 * MOST_AGE ? new Map() : this.#known;
      this.#known = new Map();
      this.#since = now;
    }
    const known = this.#known.get(n);
    if (known?.body === body) return known.words;
    const before = this.#before.get(n);
    const one = before?.body === body ? before : { body, words: unpacked(Buffer.from(body, 'hex')) };
    this.#known.set(n, one);
    return one.words;
  }
}
