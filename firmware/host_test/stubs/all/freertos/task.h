/* Declarations of what the repartitioner uses, in every ESP-IDF alike. */
#pragma once

#ifndef configTICK_RATE_HZ
#error "include FreeRTOS.h first"
#endif

typedef void *TaskHandle_t;
typedef void (*TaskFunction_t)(void *);

BaseType_t xTaskCreate(TaskFunction_t code, const char *const name, const uint32_t stack, void *const argument,
                       UBaseType_t priority, TaskHandle_t *const task);
TickType_t xTaskGetTickCount(void);
void vTaskDelay(const TickType_t ticks);
