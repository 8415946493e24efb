import { expect, test } from '@jest/globals';
import { imageFileNamed, imagePath, imageReference, imageReferred, imageWidthsOf, isImagePath } from './image-forms.ts';

const imageId = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01';

test('an image is named by its path, with its size behind it', () => {
  expect(imagePath({ imageId, width: 480, format: 'avif' })).toBe(`/images/${imageId}-480.avif`);
  const still = { imageId, width: 1600, height: 900, animated: false };
  expect(imageReference(still)).toBe(`/images/${imageId}-1600.jpg#1600x900`);
  expect(imageReferred(imageReference(still))).toEqual(still);
  const moving = { imageId, width: 200, height: 100, animated: true };
  expect(imageReferred(imageReference(moving))).toEqual(moving);
});

test.each([
  [`${imageId}-960.jpeg`, { imageId, width: 960, format: 'jpg' }],
  [`${imageId}-960.webp`, { imageId, width: 960, format: 'webp' }],
  [`${imageId}-961.webp`, null],
  [`${imageId}-960.svg`, null],
  [`${imageId.toUpperCase()}-960.webp`, null],
  [`../${imageId}-960.webp`, null],
  ['photo.jpg', null],
])('%s names %j', (name, file) => {
  expect(imageFileNamed(name)).toEqual(file);
});

test.each([`https://else.example/images/${imageId}-960.jpg#1x1`, `/images/${imageId}-960.jpg`, '/images/x#1x1', ''])(
  '%s is no image of the forum whose size is told',
  (address) => {
    expect(imageReferred(address)).toBeNull();
    expect(isImagePath(address)).toBe(address === `/images/${imageId}-960.jpg`);
  },
);

test('an image is kept as wide as it came, and in what is narrower', () => {
  expect([1, 480, 481, 960, 961, 1600].map((width) => imageWidthsOf(width))).toEqual([
    [480],
    [480],
    [480, 960],
    [480, 960],
    [480, 960, 1600],
    [480, 960, 1600],
  ]);
});
