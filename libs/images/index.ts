export { fileName, IMAGE_FILES, ImageFiles, imagesDir } from './image-files.ts';
export { ImagesApart, TooManyImages } from './images-apart.ts';
export { sentKindOf } from './kinds.ts';
export { ImageRefused, type MadeFile, type MadeImage, MOST_IMAGE_BYTES, makeSizes } from './make-sizes.ts';
export { FileBroken, newFileKey, openFile, sealFile } from './sealed-file.ts';
export { type FilesOfImage, fileNamesIn, IMAGE_STORED_TYPES, storedFiles } from './stored-files.ts';
