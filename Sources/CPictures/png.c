#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CPictures.h"

static void fail(png_structp png, png_const_charp text) {
  char *message = png_get_error_ptr(png);
  if (message) snprintf(message, PICTURE_MESSAGE_SIZE, "%s", text);
  png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

struct png_reader {
  png_structp png;
  png_infop info;
  const uint8_t *next;
  size_t left;
  picture_info picture;
  char message[PICTURE_MESSAGE_SIZE];
};

static void take(png_structp png, png_bytep target, size_t count) {
  png_reader *reader = png_get_io_ptr(png);
  if (count > reader->left) png_error(png, "the file ends too early");
  memcpy(target, reader->next, count);
  reader->next += count;
  reader->left -= count;
}

static bool read_header(png_reader *reader) {
  if (setjmp(png_jmpbuf(reader->png))) return false;
  png_structp png = reader->png;
  png_infop info = reader->info;
  png_set_read_fn(png, reader, take);
  // The size is judged by the caller, before any memory for pixels is asked for.
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  // A damaged ancillary chunk may be the transparency: not to be dropped in silence.
  png_set_crc_action(png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
  png_read_info(png, info);
  int colour = png_get_color_type(png, info);
  bool alpha = (colour & PNG_COLOR_MASK_ALPHA) || png_get_valid(png, info, PNG_INFO_tRNS);
  reader->picture.width = png_get_image_width(png, info);
  reader->picture.height = png_get_image_height(png, info);
  reader->picture.channels = (colour & PNG_COLOR_MASK_COLOR ? 3 : 1) + (alpha ? 1 : 0);
  reader->picture.sample_bytes = png_get_bit_depth(png, info) == 16 ? 2 : 1;
  reader->picture.orientation = 1;
#ifdef PNG_eXIf_SUPPORTED
  png_uint_32 count = 0;
  png_bytep exif = NULL;
  if (png_get_eXIf_1(png, info, &count, &exif)) reader->picture.orientation = exif_orientation(exif, count);
#endif
  return true;
}

png_reader *png_reader_open(const uint8_t *bytes, size_t count, picture_info *info, char *message) {
  snprintf(message, PICTURE_MESSAGE_SIZE, "out of memory");
  png_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return NULL;
  reader->next = bytes;
  reader->left = count;
  reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader->message, fail, ignore);
  if (reader->png) reader->info = png_create_info_struct(reader->png);
  if (!reader->info || !read_header(reader)) {
    if (reader->message[0]) memcpy(message, reader->message, PICTURE_MESSAGE_SIZE);
    png_reader_close(reader);
    return NULL;
  }
  *info = reader->picture;
  return reader;
}

static bool read_rows(png_reader *reader, uint8_t *samples, size_t row_bytes) {
  if (setjmp(png_jmpbuf(reader->png))) return false;
  png_structp png = reader->png;
  png_set_expand(png);
  const uint16_t one = 1;
  if (reader->picture.sample_bytes == 2 && *(const uint8_t *)&one == 1) png_set_swap(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, reader->info);
  if (png_get_rowbytes(png, reader->info) != row_bytes) png_error(png, "rows of an unforeseen size");
  for (int pass = 0; pass < passes; pass++) {
    for (size_t y = 0; y < reader->picture.height; y++) png_read_row(png, samples + y * row_bytes, NULL);
  }
  png_read_end(png, NULL);
  return true;
}

bool png_reader_read(png_reader *reader, void *samples, size_t capacity, char *message) {
  const picture_info *picture = &reader->picture;
  size_t row_bytes = (size_t)picture->width * (size_t)(picture->channels * picture->sample_bytes);
  if (row_bytes == 0 || capacity / row_bytes < picture->height) {
    snprintf(message, PICTURE_MESSAGE_SIZE, "not enough room for the pixels");
    return false;
  }
  if (read_rows(reader, samples, row_bytes)) return true;
  memcpy(message, reader->message, PICTURE_MESSAGE_SIZE);
  return false;
}

void png_reader_close(png_reader *reader) {
  if (!reader) return;
  png_destroy_read_struct(&reader->png, &reader->info, NULL);
  free(reader);
}

typedef struct {
  png_structp png;
  png_infop info;
  uint8_t *bytes;
  size_t count, capacity;
} png_writer;

static void put(png_structp png, png_bytep source, size_t count) {
  png_writer *writer = png_get_io_ptr(png);
  if (count > writer->capacity - writer->count) {
    size_t capacity = 2 * writer->capacity + count;
    uint8_t *bytes = realloc(writer->bytes, capacity);
    if (!bytes) png_error(png, "out of memory");
    writer->bytes = bytes;
    writer->capacity = capacity;
  }
  memcpy(writer->bytes + writer->count, source, count);
  writer->count += count;
}

static void flush(png_structp png) { (void)png; }

static bool write_all(png_writer *writer, const uint8_t *samples, uint32_t width, uint32_t height, int channels) {
  if (setjmp(png_jmpbuf(writer->png))) return false;
  png_set_write_fn(writer->png, writer, put, flush);
  png_set_user_limits(writer->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_IHDR(
      writer->png, writer->info, width, height, 8, channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB,
      PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(writer->png, writer->info);
  for (size_t y = 0; y < height; y++) png_write_row(writer->png, samples + y * width * (size_t)channels);
  png_write_end(writer->png, writer->info);
  return true;
}

bool png_encode(
    const uint8_t *samples, uint32_t width, uint32_t height, int channels, uint8_t **encoded, size_t *count,
    char *message) {
  png_writer writer = {0};
  snprintf(message, PICTURE_MESSAGE_SIZE, "out of memory");
  writer.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, message, fail, ignore);
  if (writer.png) writer.info = png_create_info_struct(writer.png);
  bool done = writer.info && write_all(&writer, samples, width, height, channels);
  png_destroy_write_struct(&writer.png, &writer.info);
  if (!done) {
    free(writer.bytes);
    return false;
  }
  *encoded = writer.bytes;
  *count = writer.count;
  return true;
}
