// Pictures between bytes in memory and samples in memory. libpng and libjpeg report errors with longjmp, which must not
// cross Swift frames: here it is caught, and every function says by its result whether it succeeded, with a message.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PICTURE_MESSAGE_SIZE 256

typedef struct {
  uint32_t width, height;
  int channels;      // samples of one pixel, alpha included
  int sample_bytes;  // 1, or 2 in the byte order of this machine
  int orientation;   // EXIF, 1...8
  bool is_cmyk;      // the four channels are inks
  bool inks_inverted; // Adobe's habit: 255 is no ink
} picture_info;

typedef struct png_reader png_reader;
// Reads up to the pixels; NULL on failure. The bytes must outlive the reader.
png_reader *png_reader_open(const uint8_t *bytes, size_t count, picture_info *info, char *message);
// Reads all rows, without gaps, and everything after them; the room is `capacity` bytes.
bool png_reader_read(png_reader *reader, void *samples, size_t capacity, char *message);
void png_reader_close(png_reader *reader);

// Encodes 8-bit grey (1 channel) or RGB (3); *encoded is to be freed with free().
bool png_encode(
    const uint8_t *samples, uint32_t width, uint32_t height, int channels, uint8_t **encoded, size_t *count,
    char *message);

typedef struct jpeg_reader jpeg_reader;
jpeg_reader *jpeg_reader_open(const uint8_t *bytes, size_t count, picture_info *info, char *message);
bool jpeg_reader_read(jpeg_reader *reader, void *samples, size_t capacity, char *message);
void jpeg_reader_close(jpeg_reader *reader);

// The orientation that EXIF data (beginning with the TIFF header) states; 1 if none or nonsense.
int exif_orientation(const uint8_t *tiff, size_t count);
