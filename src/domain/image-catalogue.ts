import type { Catalogue } from './catalogue-entry.ts';
import type { ImageEvent } from './image/image.events.ts';

/** What is recorded of images. */
export const IMAGE_EVENTS: Catalogue<ImageEvent> = {
  'ImageStored.v1': {
    stream: 'image-<imageId>',
    sentence:
      'An image was imported or brought by a member; its files lie sealed in the data directory, and the key to them in this event.',
    data: {
      imageId: 'The image.',
      ownerId: 'The member who brought it, or null for an import.',
      width: 'Of the largest file, in pixels.',
      height: 'The same.',
      animated: 'Whether it moves.',
      files: 'Its files: width of the size, format, bytes and SHA-256 of the sealed file, which is named by that.',
    },
    personal: {
      fileKey: 'What its files are sealed with (32 bytes, base64url).',
      address: 'Where it was imported from, or null.',
      alt: 'What it shows, in words, or null.',
    },
  },
};
