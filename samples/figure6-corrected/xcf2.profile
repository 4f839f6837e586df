; Dynamic XCF address of this stack, which the printed example takes for granted.
IPCONFIG DYNAMICXCF XCF2 255.255.255.0 1
