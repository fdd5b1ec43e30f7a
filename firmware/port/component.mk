# The same as CMakeLists.txt, for the make of ESP-IDF v3.3 to v4.4: it takes every C file of the folder by itself.
COMPONENT_ADD_INCLUDEDIRS := .
ifdef CONFIG_RP_SERVER_CERTIFICATE
COMPONENT_EMBED_TXTFILES := server.pem
endif
