import sharp from 'sharp';
import { formOf } from '../../support/image-form.ts';
import { noise } from '../../support/pictures.ts';
import { startBenchForum } from '../bench-forum.ts';
import { alternate, mainThreadMs, median, seconds } from '../measure.ts';
import { atMost, type Row } from '../row.ts';

const WIDTHS = [480, 960, 1_600] as const;
const SIZE = { width: 3_000, height: 2_000 } as const;

/** One image after the other, none of them seen before by either side. */
export const image: Row = {
  name: 'image',
  what: `POST an image of ${SIZE.width} by ${SIZE.height} pixels, until it is kept as AVIF, WebP and JPEG in three sizes, the median`,
  against: 'bare sharp with the same settings, already loaded, which keeps nothing',
  unit: 'ms',
  bound: atMost(1.5),
  run: async (options) => {
    const images = options.quick ? 3 : 10;
    const { forum, admin, end } = await startBenchForum(options);
    const held: number[] = [];
    let most = 0;
    const upload = async (bytes: Buffer): Promise<void> => {
      const { headers, raw } = formOf([['file', bytes]]);
      const authorization = `Bearer ${admin.token}`;
      const answer = await fetch(`${forum.address}/api/v1/images`, {
        method: 'POST',
        headers: { ...headers, authorization },
        body: new Uint8Array(raw),
      });
      if (answer.status !== 201) throw new Error(`the image was answered ${answer.status}: ${await answer.text()}`);
      await answer.body?.cancel();
    };
    const each = async (work: (bytes: Buffer) => Promise<void>): Promise<number> => {
      const took: number[] = [];
      for (let at = 0; at < images; at += 1) {
        const bytes = await photograph();
        most = Math.max(most, bytes.byteLength);
        took.push(1_000 * (await seconds(() => work(bytes))));
      }
      return median(took);
    };
    await upload(await photograph());
    await bare(await photograph());
    const compared = await alternate(
      options.rounds,
      async () => {
        const before = mainThreadMs(forum.process.pid);
        const took = await each(upload);
        held.push((mainThreadMs(forum.process.pid) - before) / images);
        return took;
      },
      () => each(bare),
    );
    await end();
    return { ...compared, notes: { images, bytes: most, mainThreadMs: median(held).toFixed(1) } };
  },
};

/** Soft as a photograph: of bare noise a file would be many times larger. */
function photograph(): Promise<Buffer> {
  return noise(SIZE.width, SIZE.height).blur(2).jpeg({ quality: 90 }).toBuffer();
}

/** With one thread, as the forum does it. */
async function bare(bytes: Buffer): Promise<void> {
  sharp.cache(false);
  sharp.concurrency(1);
  for (const width of WIDTHS) {
    const { data, info } = await sharp(bytes)
      .autoOrient()
      .resize({ width, withoutEnlargement: true })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true });
    const pixels = () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
    await pixels().jpeg({ quality: 80, progressive: true }).toBuffer();
    await pixels().webp({ quality: 78, effort: 3 }).toBuffer();
    await pixels().avif({ quality: 52, effort: 1, chromaSubsampling: '4:2:0' }).toBuffer();
  }
}
