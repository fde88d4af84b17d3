// MatrixMultiply
