import { type Decider, DomainError } from '../../../libs/kernel/index.ts';
import type { StoreImage } from './image.commands.ts';
import type { ImageEvent, ImageFile } from './image.events.ts';

const SHA256 = /^[0-9a-f]{64}$/;

export interface ImageState {
  /** Undefined until the image is stored. */
  ownerId: string | null | undefined;
}

/** An image is stored once and never changed; the same id again from its owner is the same image. */
export const imageDecider: Decider<ImageState, StoreImage, ImageEvent, null> = {
  initial: () => ({ ownerId: undefined }),
  decide: ({ data }, { ownerId }) => {
    if (data.files.length === 0 || !data.files.every(isWhole))
      throw new DomainError('invalid', 'An image has files, each named by the hash of what it holds.');
    if (ownerId !== undefined && ownerId !== data.ownerId)
      throw new DomainError('id_taken', 'Another image has this id.');
    if (ownerId !== undefined) return [];
    const { fileKey, address, alt, ...open } = data;
    return [{ type: 'ImageStored.v1', data: open, personal: { fileKey, address, alt } }];
  },
  evolve: (state, { data }) => {
    state.ownerId ??= data.ownerId;
    return state;
  },
};

function isWhole({ bytes, sha256 }: ImageFile): boolean {
  return bytes > 0 && SHA256.test(sha256);
}
