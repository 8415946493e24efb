import { test } from '@jest/globals';
import { erased, given, metaOf } from '../../../test/support/given.ts';
import { StoreImage } from './image.commands.ts';
import { imageDecider } from './image.decider.ts';
import type { ImageStored } from './image.events.ts';

const personal = { fileKey: 'a2V5', address: 'https://blog.example/a.jpg', alt: null };
const data = {
  imageId: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01',
  ownerId: null,
  width: 480,
  height: 320,
  animated: false,
  files: [{ width: 480, format: 'jpg', bytes: 9_000, sha256: 'ab'.repeat(32) }],
} as const;
const stored: ImageStored = { type: 'ImageStored.v1', data, personal };
const store = (over: object = {}) => new StoreImage({ ...data, ...personal, ...over }, metaOf());

test('an image is stored once; its key is sealed, the hashes of its files are not', () => {
  given(imageDecider, []).when(store(), null).then([stored]);
  given(imageDecider, [stored])
    .when(store({ files: [{ ...data.files[0], sha256: 'cd'.repeat(32) }] }), null)
    .then([]);
  given(imageDecider, [erased(stored)])
    .when(store(), null)
    .then([]);
});

test('the id of an image is not given to one of another', () => {
  given(imageDecider, [stored])
    .when(store({ ownerId: 'b' }), null)
    .thenRefused('id_taken');
});

test.each([[[]], [[{ ...data.files[0], sha256: '../x' }]], [[{ ...data.files[0], bytes: 0 }]]])(
  'an image without whole files is refused: %j',
  (files) => {
    given(imageDecider, []).when(store({ files }), null).thenRefused('invalid');
  },
);
