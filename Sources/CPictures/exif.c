#include <libexif/exif-data.h>
#include <stdlib.h>
#include <string.h>

#include "CPictures.h"

int exif_orientation(const uint8_t *tiff, size_t count) {
  static const char prefix[6] = {'E', 'x', 'i', 'f', 0, 0};
  if (count < 8 || count > (1 << 20)) return 1;
  unsigned char *bytes = malloc(sizeof prefix + count);
  if (!bytes) return 1;
  memcpy(bytes, prefix, sizeof prefix);
  memcpy(bytes + sizeof prefix, tiff, count);
  int orientation = 1;
  ExifData *data = exif_data_new_from_data(bytes, (unsigned int)(sizeof prefix + count));
  if (data) {
    ExifEntry *entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
    if (entry && entry->format == EXIF_FORMAT_SHORT && entry->size >= 2) {
      orientation = exif_get_short(entry->data, exif_data_get_byte_order(data));
    }
    exif_data_unref(data);
  }
  free(bytes);
  return orientation >= 1 && orientation <= 8 ? orientation : 1;
}
