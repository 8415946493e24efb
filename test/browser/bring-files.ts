import type { Locator } from 'playwright-core';

/** 1000 by 420 pixels. */
export const PICTURE = new URL('../../docs/images/receipt.png', import.meta.url);

export interface BroughtFile {
  readonly name: string;
  readonly type?: string;
  readonly bytes: Buffer;
}

interface Brought {
  readonly files: readonly BroughtFile[];
  /** Plain text beside them. */
  readonly text?: string;
}

/** Does to an element what a browser does when files are pasted, or dropped on it; true when the page took them. */
export function bringFiles(to: Locator, how: 'paste' | 'drop', { files, text }: Brought): Promise<boolean> {
  const sent = files.map(({ name, type = 'image/png', bytes }) => [name, type, bytes.toString('base64')]);
  return to.evaluate(
    (element, { how, sent, text }) => {
      const data = new DataTransfer();
      for (const [name = '', type = '', base64 = ''] of sent) {
        const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
        data.items.add(new File([bytes], name, { type }));
      }
      if (text !== undefined) data.setData('text/plain', text);
      const init = { bubbles: true, cancelable: true };
      if (how === 'paste') return !element.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: data }));
      const isOver = !element.dispatchEvent(new DragEvent('dragover', { ...init, dataTransfer: data }));
      return !element.dispatchEvent(new DragEvent('drop', { ...init, dataTransfer: data })) && isOver;
    },
    { how, sent, text },
  );
}
