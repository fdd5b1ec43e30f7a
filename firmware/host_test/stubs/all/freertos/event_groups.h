/* Declarations of what the repartitioner uses, in every ESP-IDF alike. */
#pragma once

#ifndef configTICK_RATE_HZ
#error "include FreeRTOS.h first"
#endif

typedef void *EventGroupHandle_t;
typedef TickType_t EventBits_t;

EventGroupHandle_t xEventGroupCreate(void);
EventBits_t xEventGroupSetBits(EventGroupHandle_t group, const EventBits_t bits);
EventBits_t xEventGroupClearBits(EventGroupHandle_t group, const EventBits_t bits);
EventBits_t xEventGroupWaitBits(EventGroupHandle_t group, const EventBits_t bits, const BaseType_t is_cleared,
                                const BaseType_t is_for_all, TickType_t ticks);

#define xEventGroupGetBits(group) xEventGroupClearBits(group, 0)
