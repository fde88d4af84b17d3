#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
// jpeglib.h wants stdio.h before it.
#include <jerror.h>
#include <jpeglib.h>

#include "CPictures.h"

// A progressive file may repeat scans without end; no encoder writes more than a few dozen.
enum { MOST_SCANS = 1000 };

struct jpeg_reader {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf failed;
  picture_info picture;
  char message[PICTURE_MESSAGE_SIZE];
};

static void fail(j_common_ptr common) {
  jpeg_reader *reader = common->client_data;
  char text[JMSG_LENGTH_MAX];
  common->err->format_message(common, text);
  snprintf(reader->message, PICTURE_MESSAGE_SIZE, "%s", text);
  longjmp(reader->failed, 1);
}

static void fail_with(jpeg_reader *reader, const char *text) {
  snprintf(reader->message, PICTURE_MESSAGE_SIZE, "%s", text);
  longjmp(reader->failed, 1);
}

// Where libjpeg only warns, pixels were made up; all but these warnings are therefore errors here.
static void judge(j_common_ptr common, int level) {
  if (level >= 0) return;
  switch (common->err->msg_code) {
    case JWRN_JFIF_MAJOR:
    case JWRN_ADOBE_XFORM:
    case JWRN_EXTRANEOUS_DATA:
    case JWRN_TOO_MUCH_DATA: return;
    default: fail(common);
  }
}

static void be_silent(j_common_ptr common) { (void)common; }

static void count_scans(j_common_ptr common) {
  if (((j_decompress_ptr)common)->input_scan_number > MOST_SCANS) {
    fail_with(common->client_data, "more scans than any encoder writes");
  }
}

static void find_orientation(jpeg_reader *reader) {
  reader->picture.orientation = 1;
  for (jpeg_saved_marker_ptr marker = reader->jpeg.marker_list; marker; marker = marker->next) {
    if (marker->marker == JPEG_APP0 + 1 && marker->data_length > 6 && memcmp(marker->data, "Exif\0\0", 6) == 0) {
      reader->picture.orientation = exif_orientation(marker->data + 6, marker->data_length - 6);
      return;
    }
  }
}

static bool read_header(jpeg_reader *reader, const uint8_t *bytes, size_t count) {
  if (setjmp(reader->failed)) return false;
  j_decompress_ptr jpeg = &reader->jpeg;
  jpeg_create_decompress(jpeg);
  reader->progress.progress_monitor = count_scans;
  jpeg->progress = &reader->progress;
  jpeg_mem_src(jpeg, bytes, count);
  jpeg_save_markers(jpeg, JPEG_APP0 + 1, 0xFFFF);
  jpeg_read_header(jpeg, TRUE);
  find_orientation(reader);
  picture_info *picture = &reader->picture;
  picture->width = jpeg->image_width;
  picture->height = jpeg->image_height;
  picture->sample_bytes = 1;
  switch (jpeg->jpeg_color_space) {
    case JCS_GRAYSCALE:
      jpeg->out_color_space = JCS_GRAYSCALE;
      picture->channels = 1;
      break;
    case JCS_RGB:
    case JCS_YCbCr:
      jpeg->out_color_space = JCS_RGB;
      picture->channels = 3;
      break;
    case JCS_CMYK:
    case JCS_YCCK:
      jpeg->out_color_space = JCS_CMYK;
      picture->channels = 4;
      picture->is_cmyk = true;
      picture->inks_inverted = jpeg->saw_Adobe_marker;
      break;
    default: fail_with(reader, "expected grey, colour or CMYK, got other components");
  }
  return true;
}

jpeg_reader *jpeg_reader_open(const uint8_t *bytes, size_t count, picture_info *info, char *message) {
  snprintf(message, PICTURE_MESSAGE_SIZE, "out of memory");
  jpeg_reader *reader = calloc(1, sizeof *reader);
  if (!reader) return NULL;
  reader->jpeg.err = jpeg_std_error(&reader->errors);
  reader->jpeg.client_data = reader;
  reader->errors.error_exit = fail;
  reader->errors.emit_message = judge;
  reader->errors.output_message = be_silent;
  if (!read_header(reader, bytes, count)) {
    memcpy(message, reader->message, PICTURE_MESSAGE_SIZE);
    jpeg_reader_close(reader);
    return NULL;
  }
  *info = reader->picture;
  return reader;
}

static bool read_rows(jpeg_reader *reader, uint8_t *samples, size_t row_bytes) {
  if (setjmp(reader->failed)) return false;
  j_decompress_ptr jpeg = &reader->jpeg;
  jpeg_start_decompress(jpeg);
  if (jpeg->output_width != reader->picture.width || jpeg->output_components != reader->picture.channels) {
    fail_with(reader, "rows of an unforeseen size");
  }
  while (jpeg->output_scanline < jpeg->output_height) {
    JSAMPROW row = samples + jpeg->output_scanline * row_bytes;
    jpeg_read_scanlines(jpeg, &row, 1);
  }
  jpeg_finish_decompress(jpeg);
  return true;
}

bool jpeg_reader_read(jpeg_reader *reader, void *samples, size_t capacity, char *message) {
  size_t row_bytes = (size_t)reader->picture.width * (size_t)reader->picture.channels;
  if (row_bytes == 0 || capacity / row_bytes < reader->picture.height) {
    snprintf(message, PICTURE_MESSAGE_SIZE, "not enough room for the pixels");
    return false;
  }
  if (read_rows(reader, samples, row_bytes)) return true;
  memcpy(message, reader->message, PICTURE_MESSAGE_SIZE);
  return false;
}

void jpeg_reader_close(jpeg_reader *reader) {
  if (!reader) return;
  jpeg_destroy_decompress(&reader->jpeg);
  free(reader);
}
