#include "rp_ready.h"

#include "rp_flash.h"
#include "rp_image.h"
#include "rp_otadata.h"

const rp_row_t *rp_receiver_of(const rp_t *rp)
{
    const rp_config_t *config = rp->config;
    const rp_row_t *runner = rp_app_at(&rp->target_rows, config->runner_offset);
    const rp_row_t *receiver = rp_app_at(&rp->target_rows, config->receiver_offset);
    if (runner == NULL || receiver == NULL || rp_rows_overlap(runner, receiver)) {
        return NULL;
    }
    const rp_choice_t choice = rp_choice_of(&rp->target_rows, config->receiver_offset);
    if (!choice.is_factory && choice.index >= choice.count) {
        return NULL;
    }
    /* Flash is written in words; an image that is no multiple of them has been cut off. */
    return config->micropython_size <= receiver->size && config->micropython_size % 4 == 0 ? receiver : NULL;
}

bool rp_is_erased(rp_t *rp)
{
    for (size_t at = 0; at < rp->config->erase_count; at++) {
        const rp_extent_t *extent = &rp->config->erase_list[at];
        if (!rp_is_blank(rp, extent->offset, extent->size)) {
            return false;
        }
    }
    return true;
}

bool rp_is_ready(rp_t *rp)
{
    const rp_config_t *config = rp->config;
    const rp_row_t *runner = rp_app_at(&rp->target_rows, config->runner_offset);
    if (runner == NULL || rp_receiver_of(rp) == NULL) {
        return false;
    }
    const rp_choice_t choice = rp_choice_of(&rp->target_rows, config->runner_offset);
    return rp_image_length(rp, runner->offset, runner->size) > 0
           && rp_is_selected(rp, &rp->target_rows, &choice, 1) && rp_is_erased(rp);
}
